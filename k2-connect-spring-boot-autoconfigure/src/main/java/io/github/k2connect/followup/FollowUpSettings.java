package io.github.k2connect.followup;

import java.time.Duration;
import java.util.random.RandomGenerator;

import io.github.k2connect.webhook.inbox.Delays;
import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * The settings of the follow-up.
 *
 * @hidden
 * @param firstCheck the delay before the first status request; each further delay is
 * twice as long, up to 30 minutes
 * @param giveUpAfter the time after which the follow-up ends without a result
 * @param unknownAfter how long Kopo Kopo must not know the resource before the follow-up
 * ends without a result
 * @param callTimeout how long sending a request may take
 * @param callsPerSecond the maximum number of status requests of an instance per second
 * @param random the source of the random part of delays
 */
@API(status = API.Status.INTERNAL)
public record FollowUpSettings(Duration firstCheck, Duration giveUpAfter, Duration unknownAfter, Duration callTimeout,
		int callsPerSecond, RandomGenerator random) {

	private static final Duration MAX_DELAY = Duration.ofMinutes(30);

	private static final Duration MIN_UNKNOWN_DELAY = Duration.ofSeconds(5);

	private static final Duration MAX_UNKNOWN_DELAY = Duration.ofMinutes(1);

	private static final Duration MIN_PATIENCE = Duration.ofMinutes(5);

	private static final Duration AFTER_EXPIRY = Duration.ofMinutes(5);

	public FollowUpSettings {
		Assert.isTrue(firstCheck.toMillis() > 0, "firstCheck must be positive");
		Assert.isTrue(giveUpAfter.compareTo(firstCheck) >= 0, "giveUpAfter must not be shorter than firstCheck");
		Assert.isTrue(unknownAfter.toMillis() > 0, "unknownAfter must be positive");
		Assert.isTrue(callsPerSecond > 0, "callsPerSecond must be positive");
	}

	/**
	 * Create settings with the random generator of the calling thread.
	 * @param firstCheck the delay before the first status request
	 * @param giveUpAfter the time after which the follow-up ends without a result
	 * @param unknownAfter how long Kopo Kopo must not know the resource
	 * @param callTimeout how long sending a request may take
	 * @param callsPerSecond the maximum number of status requests of an instance per
	 * second
	 */
	public FollowUpSettings(Duration firstCheck, Duration giveUpAfter, Duration unknownAfter, Duration callTimeout,
			int callsPerSecond) {
		this(firstCheck, giveUpAfter, unknownAfter, callTimeout, callsPerSecond, Delays.RANDOM);
	}

	/**
	 * Return the delay before the next status request.
	 * @param calls the number of this delay, from 1 on
	 */
	Duration delayAfter(int calls) {
		return Delays.doubled(this.firstCheck, calls, longer(this.firstCheck, MAX_DELAY), this.random);
	}

	/**
	 * Return the delay before the next status request for an unknown resource, which
	 * doubles up to a minute.
	 * @param unknownFor how long the resource has been unknown, shorter than
	 * {@code unknownAfter}
	 */
	Duration delayWhileUnknown(Duration unknownFor) {
		Duration delay = shorter(longer(unknownFor, MIN_UNKNOWN_DELAY), MAX_UNKNOWN_DELAY);
		return shorter(delay, this.unknownAfter.minus(unknownFor));
	}

	private static Duration longer(Duration one, Duration other) {
		return (one.compareTo(other) > 0) ? one : other;
	}

	private static Duration shorter(Duration one, Duration other) {
		return (one.compareTo(other) < 0) ? one : other;
	}

	/**
	 * Return how long a request may have no URL. The follow-up checks for the URL twice:
	 * after half of this time, and at its end. It is much longer than sending may take,
	 * because the clocks of instances may differ.
	 */
	Duration patience() {
		return longer(this.callTimeout.multipliedBy(4), MIN_PATIENCE);
	}

	/**
	 * Return how long the follow-up continues after the resource has expired.
	 */
	Duration afterExpiry() {
		return AFTER_EXPIRY;
	}

}
