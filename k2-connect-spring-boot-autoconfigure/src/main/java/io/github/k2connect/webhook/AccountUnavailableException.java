package io.github.k2connect.webhook;

import org.apiguardian.api.API;

/**
 * Thrown when the account of a message cannot be looked up now, so that the message must
 * be delivered again.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class AccountUnavailableException extends RuntimeException {

	/**
	 * Create an exception without a stack trace. Everybody can cause it, as often as they
	 * like.
	 */
	public AccountUnavailableException() {
		super("The account cannot be looked up now", null, false, false);
	}

}
