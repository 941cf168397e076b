package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.random.RandomGenerator;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * Settings of the inbox.
 *
 * @hidden
 * @param firstDelay the delay before the second attempt; each further delay is twice as
 * long
 * @param maxDelay the longest delay
 * @param maxAttempts the number of failed attempts after which an event is parked
 * @param maxWaiting the maximum number of waiting events, or {@code null} for no limit
 * @param warnAfter the time after which a running attempt is reported
 * @param random the source of the random part of delays
 */
@API(status = API.Status.INTERNAL)
public record InboxSettings(Duration firstDelay, Duration maxDelay, int maxAttempts, @Nullable Long maxWaiting,
		Duration warnAfter, RandomGenerator random) {

	public InboxSettings {
		Assert.isTrue(firstDelay.toMillis() > 0, "firstDelay must be positive");
		Assert.isTrue(maxDelay.compareTo(firstDelay) >= 0, "maxDelay must not be shorter than firstDelay");
		Assert.isTrue(maxAttempts > 0, "maxAttempts must be positive");
		Assert.isTrue(maxWaiting == null || maxWaiting > 0, "maxWaiting must be positive");
		Assert.isTrue(warnAfter.toMillis() > 0, "warnAfter must be positive");
	}

	/**
	 * Create settings whose delays are random.
	 * @param firstDelay the delay before the second attempt
	 * @param maxDelay the longest delay
	 * @param maxAttempts the number of failed attempts after which an event is parked
	 * @param maxWaiting the maximum number of waiting events, or {@code null} for no
	 * limit
	 * @param warnAfter the time after which a running attempt is reported
	 */
	public InboxSettings(Duration firstDelay, Duration maxDelay, int maxAttempts, @Nullable Long maxWaiting,
			Duration warnAfter) {
		this(firstDelay, maxDelay, maxAttempts, maxWaiting, warnAfter, Delays.RANDOM);
	}

	/**
	 * Return the delay after a failed attempt. It has a random extra of up to a quarter,
	 * so that events which fail together are not repeated together.
	 * @param attempts how many attempts have failed
	 * @return the delay before the next attempt
	 */
	Duration delayAfter(int attempts) {
		return Delays.doubled(this.firstDelay, attempts, this.maxDelay, this.random);
	}

	boolean isLast(int attempts) {
		return attempts >= this.maxAttempts;
	}

}
