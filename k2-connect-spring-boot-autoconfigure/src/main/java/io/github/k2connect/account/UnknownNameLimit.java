package io.github.k2connect.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Limit of how many unknown names a {@link K2AccountSource} is asked for in a span of
 * time, so that strangers cannot keep the application's database busy.
 */
final class UnknownNameLimit {

	static final int MAX_NAMES = 100;

	static final Duration SPAN = Duration.ofSeconds(10);

	private final Clock clock;

	private Instant start = Instant.MIN;

	private int names;

	UnknownNameLimit(Clock clock) {
		this.clock = clock;
	}

	synchronized boolean isReached() {
		return this.names >= MAX_NAMES && this.clock.instant().isBefore(this.start.plus(SPAN));
	}

	synchronized void add() {
		Instant now = this.clock.instant();
		if (this.names == 0 || !now.isBefore(this.start.plus(SPAN))) {
			this.start = now;
			this.names = 0;
		}
		this.names++;
	}

}
