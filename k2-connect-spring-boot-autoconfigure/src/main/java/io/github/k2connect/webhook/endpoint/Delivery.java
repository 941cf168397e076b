package io.github.k2connect.webhook.endpoint;

import java.io.IOException;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.webhook.SignatureVerifier;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * A delivery until its message has arrived, on any web stack. It ends early if it is
 * rejected or fails.
 *
 * @param endpoint what all deliveries share
 * @param account the name of the account in the path
 * @param signature the signature, or {@code null} when there was none
 * @param contentLength the length of the body, or a negative number if it is unknown
 * @param compressed whether the body was sent compressed
 */
record Delivery(WebhookEndpoint endpoint, String account, @Nullable String signature, long contentLength,
		boolean compressed) {

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	/**
	 * Check the headers, before the body is read.
	 * @return the reason to reject the delivery, or {@code null} to read the body
	 */
	@Nullable Rejection examine() {
		if (this.contentLength > this.endpoint.maxBodySize()) {
			return Rejection.TOO_LARGE;
		}
		return SignatureVerifier.isWellFormed(this.signature) ? null : Rejection.UNSIGNED;
	}

	/**
	 * Continue with the message.
	 * @param body the body as received
	 * @return the message, to be verified next
	 * @throws ConsumedBodyException if a filter has read the body; one that decompresses
	 * it may leave an empty body although its length is not
	 */
	IncomingMessage arrived(byte[] body) {
		if (body.length == 0 && this.contentLength > 0 && !this.compressed) {
			throw new ConsumedBodyException(null);
		}
		return new IncomingMessage(this, observe(), body);
	}

	/**
	 * End the delivery of a message that was not read completely.
	 * @return the status of the response
	 */
	HttpStatus reject(Rejection rejection) {
		DeliveryObservation observation = observe();
		observation.rejected(rejection);
		observation.stop();
		return rejection.status();
	}

	/**
	 * End the delivery of a message that did not arrive completely, or that could not be
	 * read or answered because of a failure in the application.
	 * @return the status of the response
	 */
	HttpStatus fail(Throwable failure) {
		if (failure instanceof IOException) {
			logger.debug("A message was incomplete", failure);
			return reject(Rejection.MALFORMED);
		}
		DeliveryObservation observation = observe();
		observation.failed(Value.FAILED, failure);
		observation.stop();
		if (failure instanceof ConsumedBodyException) {
			logger.error("Failed to read a message. " + failure.getMessage() + ". Kopo Kopo may deliver it again.");
		}
		else {
			logger.error("Failed to receive a message; Kopo Kopo may deliver it again", failure);
		}
		return HttpStatus.INTERNAL_SERVER_ERROR;
	}

	private DeliveryObservation observe() {
		return new DeliveryObservation(this.endpoint.observations(),
				this.endpoint.accounts().observedName(this.account), this.endpoint.deliveries());
	}

}
