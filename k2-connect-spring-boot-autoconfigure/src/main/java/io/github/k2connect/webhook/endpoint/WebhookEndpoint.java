package io.github.k2connect.webhook.endpoint;

import java.time.Duration;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.WebhookObservation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Receives messages on any web stack, and returns the status of the response.
 *
 * @param accounts verify and decode the messages of each account
 * @param receiver the receiver of verified events
 * @param maxBodySize the maximum size of a body, in bytes
 * @param readTimeout how long reading a body may take, from its first byte to its last
 * @param unfinished the messages whose signatures are not verified yet
 * @param observations where each delivery is observed
 * @param deliveries the times of the last deliveries
 * @param ticker measures how long a message waits
 */
record WebhookEndpoint(WebhookAccounts accounts, EventReceiver receiver, int maxBodySize, Duration readTimeout,
		UnfinishedMessages unfinished, ObservationRegistry observations, LastDeliveries deliveries, Ticker ticker) {

	/**
	 * The {@code Retry-After} in seconds for a sender if too many messages wait.
	 */
	static final String RETRY_AFTER = "10";

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	/**
	 * Check a message before its body is read.
	 * @param contentLength the length of the body, or a negative number if it is unknown
	 * @param signature the signature, or {@code null} when there was none
	 * @return the reason to reject it, or {@code null} to read it
	 */
	@Nullable Rejection examine(long contentLength, @Nullable String signature) {
		if (contentLength > this.maxBodySize) {
			return Rejection.TOO_LARGE;
		}
		return SignatureVerifier.isWellFormed(signature) ? null : Rejection.UNSIGNED;
	}

	/**
	 * Receive a message, and verify and handle it on this thread.
	 * @param account the name of the account in the path
	 * @param body the body as received
	 * @param signature the signature, or {@code null} when there was none
	 * @return the status of the response
	 */
	HttpStatus receive(String account, byte[] body, @Nullable String signature) {
		IncomingMessage message = arrived(account, body, signature);
		return message.verify().orElseGet(message::handle);
	}

	/**
	 * Receive a message. Verify it next.
	 * @param account the name of the account in the path
	 * @param body the body as received
	 * @param signature the signature, or {@code null} when there was none
	 * @return the message
	 */
	IncomingMessage arrived(String account, byte[] body, @Nullable String signature) {
		return new IncomingMessage(this, start(account), account, body, signature);
	}

	/**
	 * Reject a message that was not read completely.
	 * @param account the name of the account in the path
	 * @param rejection why
	 * @return the status of the response
	 */
	HttpStatus reject(String account, Rejection rejection) {
		WebhookObservation observation = start(account);
		HttpStatus status = rejected(account, observation, rejection);
		observation.stop();
		return status;
	}

	HttpStatus rejected(String account, WebhookObservation observation, Rejection rejection) {
		this.deliveries.rejected(this.accounts.observedName(account));
		observation.rejected(rejection.value());
		return rejection.status();
	}

	void accepted(String account) {
		this.deliveries.accepted(this.accounts.observedName(account));
	}

	/**
	 * End the delivery of a message that could not be read or answered because of a
	 * failure in the application.
	 * @param account the name of the account in the path
	 * @param failure the failure
	 * @return the status of the response
	 */
	HttpStatus fail(String account, Throwable failure) {
		WebhookObservation observation = start(account);
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

	private WebhookObservation start(String account) {
		return WebhookObservation.start(this.observations, this.accounts.observedName(account));
	}

}
