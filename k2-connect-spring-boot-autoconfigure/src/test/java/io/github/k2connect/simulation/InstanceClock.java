package io.github.k2connect.simulation;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.Ticker;

/**
 * The wall clock of an instance. It differs from the time of the world by an offset.
 */
final class InstanceClock extends SettableClock {

	private final Supplier<Instant> time;

	private Duration offset = Duration.ZERO;

	InstanceClock(Supplier<Instant> time) {
		this.time = time;
	}

	void offset(Duration newOffset) {
		this.offset = newOffset;
	}

	Duration offset() {
		return this.offset;
	}

	@Override
	public Instant now() {
		return this.time.get().plus(this.offset);
	}

	/**
	 * Return a ticker, which is right although the clock may be wrong.
	 */
	Ticker toTicker() {
		return () -> Duration.between(Instant.EPOCH, this.time.get()).toNanos();
	}

	Clock toClock() {
		return new Clock() {

			@Override
			public Instant instant() {
				return now();
			}

			@Override
			public ZoneId getZone() {
				return ZoneOffset.UTC;
			}

			@Override
			public Clock withZone(ZoneId zone) {
				return this;
			}

		};
	}

}
