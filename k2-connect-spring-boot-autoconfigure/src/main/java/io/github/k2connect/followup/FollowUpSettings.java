package io.github.k2connect.followup;

import java.time.Duration;

import org.apiguardian.api.API;

import org.springframework.util.Assert;

/**
 * When what was started is asked for.
 *
 * @hidden
 * @param firstCheck the delay before it is asked for the first time; each further delay
 * is twice as long
 * @param giveUpAfter how long it is asked for
 * @param callTimeout how long sending a request may take
 * @param callsPerSecond how many calls an instance makes in a second
 */
@API(status = API.Status.INTERNAL)
public record FollowUpSettings(Duration firstCheck, Duration giveUpAfter, Duration callTimeout, int callsPerSecond) {

	private static final Duration MAX_DELAY = Duration.ofMinutes(30);

	private static final Duration MIN_PATIENCE = Duration.ofMinutes(5);

	private static final Duration AFTER_EXPIRY = Duration.ofMinutes(5);

	public FollowUpSettings {
		Assert.isTrue(firstCheck.toMillis() > 0, "firstCheck must be positive");
		Assert.isTrue(giveUpAfter.compareTo(firstCheck) >= 0, "giveUpAfter must not be shorter than firstCheck");
		Assert.isTrue(callsPerSecond > 0, "callsPerSecond must be positive");
	}

	/**
	 * Return the delay before the next call.
	 * @param calls how many calls were made
	 */
	Duration delayAfter(int calls) {
		Duration longest = (this.firstCheck.compareTo(MAX_DELAY) > 0) ? this.firstCheck : MAX_DELAY;
		return Delays.doubled(this.firstCheck, calls, longest);
	}

	/**
	 * Return how long a request may be without an address, half of it seen by the
	 * scheduler. It is longer than sending takes by so much that clocks may differ.
	 */
	Duration patience() {
		Duration patience = this.callTimeout.multipliedBy(4);
		return (patience.compareTo(MIN_PATIENCE) > 0) ? patience : MIN_PATIENCE;
	}

	/**
	 * Return how long after its expiry a payment link is asked for.
	 */
	Duration afterExpiry() {
		return AFTER_EXPIRY;
	}

}
