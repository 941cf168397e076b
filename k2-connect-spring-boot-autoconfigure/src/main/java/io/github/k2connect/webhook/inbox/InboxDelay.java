package io.github.k2connect.webhook.inbox;

import java.time.Duration;

import org.apiguardian.api.API;

/**
 * Callback that measures how long events wait.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface InboxDelay {

	/**
	 * Record that an event was handled.
	 * @param kind its topic or type
	 * @param delay the time since it was received
	 */
	void record(String kind, Duration delay);

}
