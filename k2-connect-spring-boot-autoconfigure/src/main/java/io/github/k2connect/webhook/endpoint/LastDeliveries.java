package io.github.k2connect.webhook.endpoint;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.jspecify.annotations.Nullable;

/**
 * The times of the last deliveries to this instance, by the name of the account in
 * metrics.
 */
final class LastDeliveries {

	private final Map<String, Instant> accepted = new ConcurrentHashMap<>();

	private final Map<String, Instant> rejected = new ConcurrentHashMap<>();

	private final Clock clock;

	/**
	 * Create the times, without any delivery.
	 * @param clock the clock
	 */
	LastDeliveries(Clock clock) {
		this.clock = clock;
	}

	void accepted(String account) {
		this.accepted.put(account, this.clock.instant());
	}

	void rejected(String account) {
		this.rejected.put(account, this.clock.instant());
	}

	@Nullable Instant lastAccepted(String account) {
		return this.accepted.get(account);
	}

	@Nullable Instant lastRejected(String account) {
		return this.rejected.get(account);
	}

}
