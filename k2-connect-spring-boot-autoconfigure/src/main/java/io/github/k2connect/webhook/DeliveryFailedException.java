package io.github.k2connect.webhook;

import io.github.k2connect.K2Exception;

/**
 * The error of a delivery's observation, whatever was thrown.
 */
class DeliveryFailedException extends K2Exception {

	DeliveryFailedException(Throwable cause) {
		super("The delivery failed", cause);
	}

}
