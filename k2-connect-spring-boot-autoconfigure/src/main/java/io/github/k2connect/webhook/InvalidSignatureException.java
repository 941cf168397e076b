package io.github.k2connect.webhook;

import io.github.k2connect.K2Exception;

/**
 * A message whose signature is missing, malformed or wrong: it is not from Kopo Kopo.
 */
public class InvalidSignatureException extends K2Exception {

	InvalidSignatureException() {
		super("The signature of the message is missing or wrong", null);
	}

}
