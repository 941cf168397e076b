package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the inbox.
 *
 * @param firstDelay Delay before the second attempt. Each further delay is twice as long.
 * @param maxDelay Longest delay between two attempts.
 * @param maxAttempts After how many failed attempts an event is parked.
 * @param maxWaiting How many events may wait; beyond that a delivery gets status 503.
 * @param warnAfter Time after which a warning names the event of a running attempt, and
 * what its listeners do.
 * @param handOver Whether an instance with a free thread handles an event that it has
 * stored at once, without a search of the table. PostgreSQL only.
 */
@ConfigurationProperties("k2.webhook.inbox")
record InboxProperties(@DefaultValue("1s") Duration firstDelay, @DefaultValue("1h") Duration maxDelay,
		@DefaultValue("20") int maxAttempts, @Nullable Long maxWaiting, @DefaultValue("1m") Duration warnAfter,
		@DefaultValue("true") boolean handOver) {

	InboxProperties {
		throwUnless(firstDelay.toMillis() >= 1, "k2.webhook.inbox.first-delay", "must be positive");
		throwUnless(maxDelay.compareTo(firstDelay) >= 0, "k2.webhook.inbox.max-delay",
				"must not be shorter than the first delay");
		throwUnless(maxAttempts >= 1, "k2.webhook.inbox.max-attempts", "must be at least 1");
		throwUnless(maxWaiting == null || maxWaiting >= 1, "k2.webhook.inbox.max-waiting", "must be at least 1");
		throwUnless(warnAfter.toMillis() >= 1, "k2.webhook.inbox.warn-after", "must be positive");
	}

	boolean isLast(int attempts) {
		return attempts >= this.maxAttempts;
	}

}
