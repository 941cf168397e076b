package io.github.k2connect.webhook.store;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when a delivery has waited too long for another delivery of the same event.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public class EventInProgressException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param cause the exception of the database, or {@code null}
	 */
	public EventInProgressException(@Nullable Throwable cause) {
		super("Another delivery of the event is still being handled", cause);
	}

}
