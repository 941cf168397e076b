package io.github.k2connect.followup;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * The settings of the follow-up.
 *
 * @hidden
 * @param firstCheck the delay before the first status request; each further delay is
 * twice as long, up to 30 minutes
 * @param giveUpAfter the time after which the follow-up ends without a result
 * @param callTimeout how long sending a request may take
 * @param callsPerSecond the maximum number of status requests of an instance per second
 * @param random the source of the random part of delays
 */
@API(status = API.Status.INTERNAL)
public record FollowUpSettings(Duration firstCheck, Duration giveUpAfter, Duration callTimeout, int callsPerSecond,
		RandomGenerator random) {

	private static final Duration MAX_DELAY = Duration.ofMinutes(30);

	private static final Duration MIN_PATIENCE = Duration.ofMinutes(5);

	private static final Duration AFTER_EXPIRY = Duration.ofMinutes(5);

	public FollowUpSettings {
		Assert.isTrue(firstCheck.toMillis() > 0, "firstCheck must be positive");
		Assert.isTrue(giveUpAfter.compareTo(firstCheck) >= 0, "giveUpAfter must not be shorter than firstCheck");
		Assert.isTrue(callsPerSecond > 0, "callsPerSecond must be positive");
	}

	/**
	 * Create settings with the random generator of the calling thread.
	 * @param firstCheck the delay before the first status request
	 * @param giveUpAfter the time after which the follow-up ends without a result
	 * @param callTimeout how long sending a request may take
	 * @param callsPerSecond the maximum number of status requests of an instance per
	 * second
	 */
	public FollowUpSettings(Duration firstCheck, Duration giveUpAfter, Duration callTimeout, int callsPerSecond) {
		this(firstCheck, giveUpAfter, callTimeout, callsPerSecond, Delays.RANDOM);
	}

	/**
	 * Return the delay before the next status request.
	 * @param calls the number of this delay, from 1 on
	 */
	Duration delayAfter(int calls) {
		Duration longest = (this.firstCheck.compareTo(MAX_DELAY) > 0) ? this.firstCheck : MAX_DELAY;
		return Delays.doubled(this.firstCheck, calls, longest, this.random);
	}

	/**
	 * Return how long a request may have no URL. The follow-up checks for the URL twice:
	 * after half of this time, and at its end. It is much longer than sending may take,
	 * because the clocks of instances may differ.
	 */
	Duration patience() {
		Duration patience = this.callTimeout.multipliedBy(4);
		return (patience.compareTo(MIN_PATIENCE) > 0) ? patience : MIN_PATIENCE;
	}

	/**
	 * Return how long the follow-up continues after the resource has expired.
	 */
	Duration afterExpiry() {
		return AFTER_EXPIRY;
	}

}
