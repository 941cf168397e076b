package io.github.k2connect.webhook.endpoint;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when the application has read a message before the endpoint.
 */
@SuppressWarnings("serial")
final class ConsumedBodyException extends RuntimeException {

	ConsumedBodyException(@Nullable Throwable cause) {
		super("A filter of the application has already read the body. Exclude the path of the endpoint from that filter,"
				+ " or let the filter pass on a request whose body can be read again", cause);
	}

}
