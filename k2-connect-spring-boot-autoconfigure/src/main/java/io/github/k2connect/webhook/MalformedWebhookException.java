package io.github.k2connect.webhook;

import io.github.k2connect.K2Exception;

/**
 * Thrown when a signed message is not exactly one JSON object or has no id.
 */
public class MalformedWebhookException extends K2Exception {

	MalformedWebhookException(String message) {
		super(message, null);
	}

}
