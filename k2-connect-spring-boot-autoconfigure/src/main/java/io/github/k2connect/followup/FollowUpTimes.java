package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;

/**
 * The times of a follow-up.
 *
 * @param properties the configured times
 * @param callTimeout how long sending a request may take
 */
record FollowUpTimes(FollowUpProperties properties, Duration callTimeout) {

	private static final Duration MAX_DELAY = Duration.ofMinutes(30);

	private static final Duration MIN_UNKNOWN_DELAY = Duration.ofSeconds(5);

	private static final Duration MAX_UNKNOWN_DELAY = Duration.ofMinutes(1);

	private static final Duration MIN_TIME_WITHOUT_LOCATION = Duration.ofMinutes(5);

	private static final Duration AFTER_EXPIRY = Duration.ofMinutes(5);

	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	Duration firstCheck() {
		return this.properties.firstCheck();
	}

	/**
	 * Return the longest delay between two status requests.
	 */
	Duration maxDelay() {
		return longer(firstCheck(), MAX_DELAY);
	}

	/**
	 * Return the delay that Kopo Kopo asks for, or the longest one if that is shorter.
	 */
	Duration atMostMaxDelay(Duration retryAfter) {
		return shorter(retryAfter, maxDelay());
	}

	/**
	 * Return the delay before the next status request for an unknown resource, which
	 * doubles up to a minute.
	 * @param unknownFor how long the resource has been unknown, shorter than
	 * {@code unknownAfter}
	 */
	Duration delayWhileUnknown(Duration unknownFor) {
		Duration delay = shorter(longer(unknownFor, MIN_UNKNOWN_DELAY), MAX_UNKNOWN_DELAY);
		return shorter(delay, this.properties.unknownAfter().minus(unknownFor));
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Return how long a request may have no location. The follow-up checks for it twice:
	 * after half of this time, and at its end. It is much longer than sending may take,
	 * because the clocks of instances may differ.
	 */
	Duration maxTimeWithoutLocation() {
		return longer(this.callTimeout.multipliedBy(4), MIN_TIME_WITHOUT_LOCATION);
	}

	/**
	 * Return the delay after a result that could not be handled yet, because another
	 * instance handles it or too many messages wait.
	 */
	Duration delayWhileBusy() {
		return BUSY_DELAY;
	}

	/**
	 * Return the time of the last status request.
	 * @param state the follow-up
	 */
	Instant end(FollowUpState state) {
		Instant expiresAt = state.expiresAt();
		return (expiresAt != null) ? expiresAt.plus(AFTER_EXPIRY)
				: state.startedAt().plus(this.properties.giveUpAfter());
	}

	/**
	 * Return whether a resource has been unknown for too long.
	 * @param unknownFor the time
	 */
	boolean isUnknownForTooLong(Duration unknownFor) {
		return unknownFor.compareTo(this.properties.unknownAfter()) >= 0;
	}

}
