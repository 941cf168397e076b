package io.github.k2connect.followup;

import io.github.k2connect.K2Exception;

/**
 * Thrown when a request could not be written down before it was to be sent, most likely
 * since there is no connection to the database. Nothing was sent:
 * {@link #outcomeUnknown()} is {@code false}.
 */
public final class FollowUpUnavailableException extends K2Exception {

	/**
	 * Create the exception.
	 * @param cause why it could not be written down
	 */
	public FollowUpUnavailableException(Throwable cause) {
		super("The request was not sent, since it could not be written down for its follow-up", cause);
	}

}
