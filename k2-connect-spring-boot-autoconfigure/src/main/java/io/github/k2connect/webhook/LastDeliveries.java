package io.github.k2connect.webhook;

import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The times of the last deliveries to this instance, by the name of the account in
 * metrics.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class LastDeliveries {

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

	/**
	 * Return the time of the last delivery that was answered with status 200.
	 * @param account the name of the account in metrics
	 * @return the time, or {@code null} if there was none
	 */
	public @Nullable Instant lastAccepted(String account) {
		return this.accepted.get(account);
	}

	/**
	 * Return the time of the last delivery that was rejected: it had a wrong signature,
	 * or was malformed, too large or too slow.
	 * @param account the name of the account in metrics
	 * @return the time, or {@code null} if there was none
	 */
	public @Nullable Instant lastRejected(String account) {
		return this.rejected.get(account);
	}

}
