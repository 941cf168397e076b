package io.github.k2connect.webhook;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

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
		this(null);
	}

	/**
	 * Create an exception.
	 * @param cause why the account cannot be looked up, or {@code null} if too many
	 * look-ups fail or are in progress
	 */
	public AccountUnavailableException(@Nullable Throwable cause) {
		super("The account cannot be looked up now", cause, false, false);
	}

}
