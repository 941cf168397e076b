package io.github.k2connect.webhook.store;

import java.time.Duration;

import org.apiguardian.api.API;

/**
 * How long a delivery waits for another delivery of the same event.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface MaxWait {

	/**
	 * Return the time, from the arrival of the delivery.
	 * @return the time
	 */
	Duration maxWait();

}
