package io.github.k2connect;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a request was not sent, because it could not be stored for its idempotency
 * key or for its follow-up, or because too much time has passed since it was stored.
 */
public class K2RequestNotSentException extends K2Exception {

	/**
	 * Create the exception, for example to stub a service in a test.
	 * @param reason why the request was not sent, as the rest of a sentence
	 * @param cause the cause, or {@code null}
	 */
	public K2RequestNotSentException(String reason, @Nullable Throwable cause) {
		super("The request was not sent, because " + reason, cause);
	}

}
