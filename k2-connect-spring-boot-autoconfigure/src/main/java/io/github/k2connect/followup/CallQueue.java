package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Lets an instance make a number of calls in a second. Who comes when there is no call
 * left gets a turn, and comes back then: no thread waits.
 */
final class CallQueue {

	/**
	 * How late a turn may be taken. After that it is gone, so that those who were kept
	 * from theirs together do not all take them at once.
	 */
	private static final Duration VALIDITY = Duration.ofSeconds(5);

	private final Duration interval;

	private final AtomicReference<Instant> free = new AtomicReference<>(Instant.EPOCH);

	CallQueue(int callsPerSecond) {
		this.interval = Duration.ofSeconds(1).dividedBy(callsPerSecond);
	}

	/**
	 * Ask for a call.
	 * @param turn the turn that the caller was given before, or {@code null}
	 * @param now the current time
	 * @return when the call may be made, {@code null} if it is now
	 */
	@Nullable Instant request(@Nullable Instant turn, Instant now) {
		if (turn != null && !now.isBefore(turn) && now.isBefore(turn.plus(VALIDITY))) {
			return null;
		}
		Instant free = this.free.getAndUpdate((last) -> later(last, now).plus(this.interval));
		return free.isAfter(now) ? free : null;
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

}
