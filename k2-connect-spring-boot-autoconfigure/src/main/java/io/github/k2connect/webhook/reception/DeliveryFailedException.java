package io.github.k2connect.webhook.reception;

import io.github.k2connect.K2Exception;

/**
 * The error in the observation of a failed delivery, for every kind of failure.
 */
class DeliveryFailedException extends K2Exception {

	DeliveryFailedException(Throwable cause) {
		super("The delivery failed", cause);
	}

}
