package io.github.k2connect;

import org.jspecify.annotations.Nullable;

/**
 * Root of everything that k2-connect throws. No message names a secret, a token or a
 * customer's phone number, so all of them can be logged.
 */
public abstract class K2Exception extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets and of customers' data
	 * @param cause what caused it, or {@code null}
	 */
	protected K2Exception(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Return whether the request may have taken effect although it failed: Kopo Kopo may
	 * have received it and money may move. Ask for the status, or wait for the result,
	 * before starting the same payment again.
	 * @return {@code true} when the outcome is not known; {@code false} when Kopo Kopo
	 * certainly did not act on the request, and for requests that change nothing
	 */
	public boolean outcomeUnknown() {
		return false;
	}

}
