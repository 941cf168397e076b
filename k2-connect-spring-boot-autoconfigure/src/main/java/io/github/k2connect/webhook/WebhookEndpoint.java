package io.github.k2connect.webhook;

import java.time.Duration;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.http.HttpStatus;

/**
 * Receives messages on any web stack, and returns the status of the response.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookEndpoint {

	/**
	 * The {@code Retry-After} in seconds for a sender if too many events wait.
	 */
	static final String RETRY_AFTER = "10";

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	private static final int MAX_LOGGED_LENGTH = 100;

	private final WebhookParsers parsers;

	private final EventReceiver receiver;

	private final int maxBodySize;

	private final Duration readTimeout;

	private final ObservationRegistry observations;

	/**
	 * Create an endpoint.
	 * @param parsers verify and decode the messages of each account
	 * @param receiver takes the events
	 * @param maxBodySize the maximum size of a body, in bytes
	 * @param readTimeout how long reading a body may take
	 * @param observations where each delivery is observed
	 */
	public WebhookEndpoint(WebhookParsers parsers, EventReceiver receiver, int maxBodySize, Duration readTimeout,
			ObservationRegistry observations) {
		this.parsers = parsers;
		this.receiver = receiver;
		this.maxBodySize = maxBodySize;
		this.readTimeout = readTimeout;
		this.observations = observations;
	}

	/**
	 * Return the maximum size of a body.
	 * @return a number of bytes
	 */
	int maxBodySize() {
		return this.maxBodySize;
	}

	/**
	 * Return how long reading a body may take.
	 * @return the time from its first byte to its last
	 */
	Duration readTimeout() {
		return this.readTimeout;
	}

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
	 * Receive a message.
	 * @param account the name of the account in the path
	 * @param body the body as received
	 * @param signature the signature, or {@code null} when there was none
	 * @return the status of the response
	 */
	HttpStatus receive(String account, byte[] body, @Nullable String signature) {
		WebhookObservation observation = start(account);
		return observation.observe(() -> receive(account, body, signature, observation));
	}

	/**
	 * Reject a message that was not read completely.
	 * @param account the name of the account in the path
	 * @param rejection why
	 * @return the status of the response
	 */
	HttpStatus reject(String account, Rejection rejection) {
		WebhookObservation observation = start(account);
		observation.rejected(rejection);
		observation.stop();
		return rejection.status();
	}

	private WebhookObservation start(String account) {
		return WebhookObservation.start(this.observations, this.parsers.observedName(account));
	}

	private HttpStatus receive(String account, byte[] body, @Nullable String signature,
			WebhookObservation observation) {
		ReceivedEvent received;
		try {
			received = verifyAndDecode(account, body, signature);
		}
		catch (InvalidSignatureException ex) {
			logger.debug("Rejected a message with a missing or wrong signature");
			return observation
				.rejected(SignatureVerifier.isWellFormed(signature) ? Rejection.FORGED : Rejection.UNSIGNED);
		}
		catch (MalformedWebhookException ex) {
			logger.warn("Rejected a signed message: " + ex.getMessage());
			return observation.rejected(Rejection.MALFORMED);
		}
		catch (AccountUnavailableException ex) {
			logger.debug("Did not verify a message, since its account cannot be looked up now");
			observation.ended(Reception.BUSY);
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		catch (RuntimeException ex) {
			observation.failed(ex);
			logger.error(
					"Failed to get the API keys of an account to verify a message;" + " Kopo Kopo may deliver it again",
					ex);
			return HttpStatus.SERVICE_UNAVAILABLE;
		}
		K2Event event = received.event();
		observation.received(received);
		if (event instanceof UnrecognizedK2Event unrecognized) {
			logger.warn("No record for message " + printable(event.id()) + ": " + unrecognized.reason());
		}
		return take(received, observation);
	}

	/**
	 * Verify and decode a message. An unknown account is rejected like a wrong signature.
	 * After a wrong signature the keys are loaded again, because they may have changed. A
	 * malformed signature is rejected before an account is looked up.
	 */
	private ReceivedEvent verifyAndDecode(String account, byte[] body, @Nullable String signature) {
		if (!SignatureVerifier.isWellFormed(signature)) {
			throw new InvalidSignatureException();
		}
		WebhookParser parser = this.parsers.find(account).orElseThrow(InvalidSignatureException::new);
		try {
			return parser.receive(body, signature);
		}
		catch (InvalidSignatureException ex) {
			WebhookParser refreshed = this.parsers.refresh(account).orElseThrow(() -> ex);
			if (refreshed == parser) {
				throw ex;
			}
			return refreshed.receive(body, signature);
		}
	}

	private HttpStatus take(ReceivedEvent received, WebhookObservation observation) {
		try {
			Reception reception = this.receiver.receive(received, observation::reachedListeners);
			observation.ended(reception);
			if (reception == Reception.BUSY) {
				logger.warn("Event " + printable(received.event().id())
						+ " is not taken now, since too many others wait, or the same one is still being handled;"
						+ " Kopo Kopo may deliver it again");
				return HttpStatus.SERVICE_UNAVAILABLE;
			}
			return HttpStatus.OK;
		}
		catch (Throwable ex) {
			String event = printable(received.event().id());
			logger.error(observation.failed(ex) ? "Event " + event
					+ " could not be handled, since a listener or the commit of its transaction failed; Kopo Kopo may deliver it again"
					: "Event " + event + " did not reach the listeners, since the event store or a transaction is"
							+ " unavailable; Kopo Kopo may deliver it again",
					ex);
			return HttpStatus.INTERNAL_SERVER_ERROR;
		}
	}

	/**
	 * Return the id of an event without line breaks and control characters.
	 */
	private static String printable(String id) {
		return LogFormatUtils.formatValue(id, MAX_LOGGED_LENGTH, true);
	}

}
