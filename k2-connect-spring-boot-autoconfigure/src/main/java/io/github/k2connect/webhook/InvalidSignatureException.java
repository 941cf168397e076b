package io.github.k2connect.webhook;

import io.github.k2connect.K2Exception;

/**
 * Thrown when the signature of a message is missing, malformed or wrong, so that the
 * message is not from Kopo Kopo.
 */
public class InvalidSignatureException extends K2Exception {

	InvalidSignatureException() {
		super("The signature of the message is missing or wrong", null);
	}

	/**
	 * Leave the stack trace empty. Everybody can cause this exception, as often as they
	 * like.
	 */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
