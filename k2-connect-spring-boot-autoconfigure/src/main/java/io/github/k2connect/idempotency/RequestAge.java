package io.github.k2connect.idempotency;

import java.time.Clock;
import java.time.Duration;

import io.github.k2connect.Ticker;

/**
 * Measures the age of a request. The ticker does not jump, but may stand still while the
 * machine is suspended. The clock is set after that, but may jump. The older of both ages
 * counts: a request that is not sent although it is young does no harm.
 */
final class RequestAge {

	private final Ticker ticker;

	private final Clock clock;

	private final long tick;

	private final long millis;

	/**
	 * Begin to measure.
	 * @param ticker the ticker of this instance
	 * @param clock the clock of this instance
	 */
	RequestAge(Ticker ticker, Clock clock) {
		this.ticker = ticker;
		this.clock = clock;
		this.tick = ticker.tick();
		this.millis = clock.millis();
	}

	boolean isOver(Duration limit) {
		return this.ticker.since(this.tick).compareTo(limit) > 0
				|| Duration.ofMillis(this.clock.millis() - this.millis).compareTo(limit) > 0;
	}

}
