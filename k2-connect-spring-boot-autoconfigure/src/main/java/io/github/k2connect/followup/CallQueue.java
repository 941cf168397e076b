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

	private final AtomicReference<Backlog> backlog = new AtomicReference<>(new Backlog(Instant.EPOCH, Duration.ZERO));

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
		Duration wait = this.backlog.getAndUpdate((last) -> last.at(now).add(this.interval)).at(now).delay();
		return !wait.isZero() ? now.plus(wait) : null;
	}

	/**
	 * The calls that have a turn. A clock that was ahead and is corrected does not make
	 * them more.
	 *
	 * @param time when the last call was requested
	 * @param delay how long a caller had to wait then
	 */
	private record Backlog(Instant time, Duration delay) {

		Backlog at(Instant now) {
			Duration passed = Duration.between(this.time, now);
			Duration left = passed.isNegative() ? this.delay : this.delay.minus(passed);
			return new Backlog(now, left.isNegative() ? Duration.ZERO : left);
		}

		Backlog add(Duration interval) {
			return new Backlog(this.time, this.delay.plus(interval));
		}

	}

}
