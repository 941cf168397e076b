package io.github.k2connect.webhook.store;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the same event is being handled for longer than another delivery of it
 * waits.
 */
public class EventInProgressException extends RuntimeException {

	/**
	 * Create an exception.
	 * @param cause what the database said, or {@code null}
	 */
	public EventInProgressException(@Nullable Throwable cause) {
		super("Another delivery of the event is still being handled", cause);
	}

}
