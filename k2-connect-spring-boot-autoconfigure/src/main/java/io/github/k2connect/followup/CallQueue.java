package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicReference;

import org.jspecify.annotations.Nullable;

/**
 * Limit for the calls of an instance per second. A caller over the limit gets a turn, the
 * time at which it may call. No thread waits for a turn.
 */
final class CallQueue {

	/**
	 * How long a turn is valid. Callers that were all delayed, for example by a pause of
	 * the database, have to request new turns, so that they do not all call at once.
	 */
	private static final Duration VALIDITY = Duration.ofSeconds(5);

	private final Duration interval;

	private final AtomicReference<Instant> free = new AtomicReference<>(Instant.EPOCH);

	CallQueue(int callsPerSecond) {
		this.interval = Duration.ofSeconds(1).dividedBy(callsPerSecond);
	}

	/**
	 * Request a call.
	 * @param turn the turn that the caller already has, or {@code null}
	 * @param now the current time
	 * @return when the call may be made, or {@code null} for now
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
