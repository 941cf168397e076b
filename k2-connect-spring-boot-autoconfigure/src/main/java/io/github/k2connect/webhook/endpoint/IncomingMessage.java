package io.github.k2connect.webhook.endpoint;

import java.time.Duration;
import java.util.Optional;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.InvalidSignatureException;
import io.github.k2connect.webhook.MalformedWebhookException;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookAccounts.AccountUnavailableException;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.http.HttpStatus;
import org.springframework.util.Assert;

/**
 * A message that was read completely. It is verified first, and handled if it is genuine;
 * each step can run on a thread of its own. The observation lasts from the arrival to the
 * response.
 */
final class IncomingMessage {

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	private static final int MAX_LOGGED_LENGTH = 100;

	private final Delivery delivery;

	private final DeliveryObservation observation;

	private final byte[] body;

	private final long arrivedAt;

	private @Nullable ReceivedEvent received;

	IncomingMessage(Delivery delivery, DeliveryObservation observation, byte[] body) {
		this.delivery = delivery;
		this.observation = observation;
		this.body = body;
		this.arrivedAt = delivery.endpoint().ticker().tick();
	}

	/**
	 * Return the time since the message arrived.
	 */
	Duration age() {
		return this.delivery.endpoint().ticker().since(this.arrivedAt);
	}

	/**
	 * Receive the message on this thread: verify it, and handle it if it is genuine.
	 * @return the status of the response
	 */
	HttpStatus receive() {
		return verify().orElseGet(this::handle);
	}

	/**
	 * Verify and decode the message.
	 * @return the status of the response, or empty if the message is to be handled
	 */
	Optional<HttpStatus> verify() {
		Optional<HttpStatus> status = this.observation.scoped(this::rejection);
		if (status.isPresent()) {
			this.observation.stop();
		}
		return status;
	}

	/**
	 * Pass the event of a genuine message to the receiver.
	 * @return the status of the response
	 */
	HttpStatus handle() {
		ReceivedEvent event = this.received;
		Assert.state(event != null, "The message must be verified first");
		return this.observation.observe(() -> handle(event));
	}

	/**
	 * End the delivery of a message that has waited for too long.
	 * @return the status of the response
	 */
	HttpStatus giveUp() {
		return this.observation.observe(this::busy);
	}

	private Optional<HttpStatus> rejection() {
		try {
			ReceivedEvent event = this.delivery.endpoint()
				.accounts()
				.parse(this.delivery.account(), this.body, this.delivery.signature(), ReceivedEvent::decode);
			this.received = event;
			this.observation.received(event);
			if (event.event() instanceof UnrecognizedK2Event unrecognized) {
				logger.warn("No record for message " + printable(event) + ": " + unrecognized.reason());
			}
			return Optional.empty();
		}
		catch (InvalidSignatureException ex) {
			logger.debug("Rejected a message with a missing or wrong signature");
			return rejected(
					SignatureVerifier.isWellFormed(this.delivery.signature()) ? Rejection.FORGED : Rejection.UNSIGNED);
		}
		catch (MalformedWebhookException ex) {
			logger.warn("Rejected a signed message: " + ex.getMessage());
			return rejected(Rejection.MALFORMED);
		}
		catch (AccountUnavailableException ex) {
			this.observation.failed(Value.ACCOUNT_UNAVAILABLE, ex);
			if (ex.getCause() != null) {
				logger.error(
						"Failed to get the API keys of an account to verify a message; Kopo Kopo may deliver it again",
						ex.getCause());
			}
			return Optional.of(HttpStatus.SERVICE_UNAVAILABLE);
		}
		catch (Throwable ex) {
			this.observation.failed(Value.FAILED, ex);
			logger.error("Failed to verify a message; Kopo Kopo may deliver it again", ex);
			return Optional.of(HttpStatus.INTERNAL_SERVER_ERROR);
		}
	}

	private Optional<HttpStatus> rejected(Rejection rejection) {
		this.observation.rejected(rejection);
		return Optional.of(rejection.status());
	}

	private HttpStatus handle(ReceivedEvent event) {
		try {
			Reception reception = this.delivery.endpoint()
				.receiver()
				.receive(event, age(), this.observation::reachedListeners);
			if (reception == Reception.BUSY) {
				return busy();
			}
			this.observation.ended(reception);
			return HttpStatus.OK;
		}
		catch (Throwable ex) {
			logger.error(this.observation.failed(ex) ? "Event " + printable(event)
					+ " could not be handled, since a listener or the commit of its transaction failed; Kopo Kopo may deliver it again"
					: "Event " + printable(event)
							+ " did not reach the listeners, since the event store or a transaction is"
							+ " unavailable; Kopo Kopo may deliver it again",
					ex);
			return HttpStatus.INTERNAL_SERVER_ERROR;
		}
	}

	private HttpStatus busy() {
		this.observation.ended(Reception.BUSY);
		ReceivedEvent event = this.received;
		if (event != null) {
			logger.warn("Event " + printable(event)
					+ " is not taken now, since too many others wait, or the same one is still being handled;"
					+ " Kopo Kopo may deliver it again");
		}
		else {
			logger.debug("A message waited for too long before its signature could be verified");
		}
		return HttpStatus.SERVICE_UNAVAILABLE;
	}

	/**
	 * Return the id of an event without line breaks and control characters.
	 */
	private static String printable(ReceivedEvent received) {
		K2Event event = received.event();
		return LogFormatUtils.formatValue(event.id(), MAX_LOGGED_LENGTH, true);
	}

}
