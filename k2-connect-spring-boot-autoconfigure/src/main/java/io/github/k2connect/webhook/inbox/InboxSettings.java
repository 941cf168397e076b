package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * How often and how long an event is tried.
 *
 * @hidden
 * @param firstDelay the delay before the second attempt; each further delay is twice as
 * long
 * @param maxDelay the longest delay
 * @param maxAttempts after how many failed attempts the event is parked
 * @param maxWaiting how many events may wait, or {@code null} for any number
 */
@API(status = API.Status.INTERNAL)
public record InboxSettings(Duration firstDelay, Duration maxDelay, int maxAttempts, @Nullable Long maxWaiting) {

	public InboxSettings {
		Assert.isTrue(firstDelay.toMillis() > 0, "firstDelay must be positive");
		Assert.isTrue(maxDelay.compareTo(firstDelay) >= 0, "maxDelay must not be shorter than firstDelay");
		Assert.isTrue(maxAttempts > 0, "maxAttempts must be positive");
		Assert.isTrue(maxWaiting == null || maxWaiting > 0, "maxWaiting must be positive");
	}

	/**
	 * Return the delay after a failed attempt.
	 * @param attempts how many attempts have failed
	 * @return how long to wait before the next one
	 */
	Duration delayAfter(int attempts) {
		Duration delay = this.firstDelay;
		for (int i = 1; i < attempts && delay.compareTo(this.maxDelay) < 0; i++) {
			delay = delay.multipliedBy(2);
		}
		return (delay.compareTo(this.maxDelay) < 0) ? delay : this.maxDelay;
	}

	boolean isLast(int attempts) {
		return attempts >= this.maxAttempts;
	}

}
