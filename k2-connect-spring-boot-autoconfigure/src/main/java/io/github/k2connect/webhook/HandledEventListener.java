package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import org.apiguardian.api.API;

/**
 * Listener for events that the application's listeners have handled.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface HandledEventListener {

	/**
	 * Called after an event was handled, by this delivery or an earlier one. Never
	 * throws.
	 * @param event the event
	 */
	void handled(K2Event event);

}
