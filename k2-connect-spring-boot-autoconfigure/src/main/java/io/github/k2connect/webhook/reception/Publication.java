package io.github.k2connect.webhook.reception;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.store.EventIdentity;
import org.apiguardian.api.API;

/**
 * An event that is published once: a message, or one that k2-connect creates itself.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface Publication {

	/**
	 * Return the event for the listeners.
	 * @return the event
	 */
	K2Event event();

	/**
	 * Return the identity of the event.
	 * @return the identity
	 */
	EventIdentity identity();

	/**
	 * Return the kind of the event. The number of values is limited.
	 * @return the topic or type, or {@code unknown}
	 */
	String kind();

	/**
	 * Return the event as it is stored.
	 * @return the bytes
	 */
	byte[] body();

}
