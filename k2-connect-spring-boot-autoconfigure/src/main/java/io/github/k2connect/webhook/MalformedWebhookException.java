package io.github.k2connect.webhook;

import io.github.k2connect.K2Exception;

/**
 * A signed message that is not exactly one JSON object, or has no id.
 */
public class MalformedWebhookException extends K2Exception {

	MalformedWebhookException(String message) {
		super(message, null);
	}

}
