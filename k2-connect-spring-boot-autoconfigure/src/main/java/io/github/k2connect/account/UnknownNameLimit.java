package io.github.k2connect.account;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Limit for calls to a {@link K2AccountSource} with unknown names, so that forged
 * requests cannot overload the application's database. Not safe for use by several
 * threads: {@link SourcedAccounts} guards it with its lock.
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

	boolean isReached() {
		return this.names >= MAX_NAMES && this.clock.instant().isBefore(this.start.plus(SPAN));
	}

	void add() {
		Instant now = this.clock.instant();
		if (this.names == 0 || !now.isBefore(this.start.plus(SPAN))) {
			this.start = now;
			this.names = 0;
		}
		this.names++;
	}

}
