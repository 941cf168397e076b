package io.github.k2connect.followup;

import io.github.k2connect.K2Exception;

/**
 * Thrown when a request cannot be stored for its follow-up before it is sent. The usual
 * reason is that the database is unavailable. Nothing was sent: {@link #outcomeUnknown()}
 * is {@code false}.
 */
public final class FollowUpUnavailableException extends K2Exception {

	/**
	 * Create the exception.
	 * @param cause why the request cannot be stored
	 */
	public FollowUpUnavailableException(Throwable cause) {
		super("The request was not sent, because it could not be stored for its follow-up", cause);
	}

}
