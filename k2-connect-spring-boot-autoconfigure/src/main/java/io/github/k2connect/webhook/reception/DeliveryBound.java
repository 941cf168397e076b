package io.github.k2connect.webhook.reception;

import java.time.Duration;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * Limit for concurrent deliveries.
 *
 * @param size the maximum number of concurrent deliveries
 * @param reason the origin of the number, for the log
 */
record DeliveryBound(int size, String reason) {

	private static final Log logger = LogFactory.getLog(DeliveryBound.class);

	/**
	 * The only bound that leaves connections for listeners in a pool of any size.
	 */
	private static final DeliveryBound WITH_UNKNOWN_POOL = new DeliveryBound(1,
			"the size of the connection pool is not known");

	private static final DeliveryBound NONE = new DeliveryBound(Integer.MAX_VALUE, "there is no database");

	/**
	 * Return the bound.
	 * @param configured the configured number, or {@code null}
	 * @param derived the bound for the database, if the application has one
	 * @return the bound
	 */
	static DeliveryBound of(@Nullable Integer configured, ObjectProvider<DeliveryBound> derived) {
		return (configured != null) ? new DeliveryBound(configured, "k2.webhook.max-concurrent-deliveries")
				: derived.getIfAvailable(() -> NONE);
	}

	/**
	 * Return the bound for a connection pool. Each delivery holds one connection, and a
	 * listener may need a second one.
	 * @param poolSize the number of connections, or {@code null} if it is not known
	 * @return the bound
	 */
	static DeliveryBound ofPool(@Nullable Integer poolSize) {
		return (poolSize != null)
				? new DeliveryBound(Math.max(1, poolSize / 2), "half of the connection pool of " + poolSize)
				: WITH_UNKNOWN_POOL;
	}

	void report(Duration maxWait) {
		if (equals(WITH_UNKNOWN_POOL)) {
			logger.warn("One delivery is handled at a time (" + this.reason + "); others wait for at most "
					+ maxWait.toMillis() + " ms. Set k2.webhook.max-concurrent-deliveries to half of the pool's size");
			return;
		}
		logger.info((this.size != Integer.MAX_VALUE)
				? "At most " + this.size + " deliveries are handled at a time (" + this.reason
						+ "); others wait for at most " + maxWait.toMillis() + " ms"
				: "Any number of deliveries is handled at a time (" + this.reason + ")");
	}

}
