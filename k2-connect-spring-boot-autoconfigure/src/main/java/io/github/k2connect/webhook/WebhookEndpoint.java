package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Receives a message, on whichever web stack, and says how it is answered.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookEndpoint {

	/**
	 * How many seconds a sender is asked to wait when there is no room for its message.
	 */
	static final String RETRY_AFTER = "10";

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	private final WebhookParser parser;

	private final EventReceiver receiver;

	private final int maxBodySize;

	private final ObservationRegistry observations;

	/**
	 * Create an endpoint.
	 * @param parser verifies and decodes
	 * @param receiver takes the events
	 * @param maxBodySize the largest body that is read, in bytes
	 * @param observations where each delivery is observed
	 */
	public WebhookEndpoint(WebhookParser parser, EventReceiver receiver, int maxBodySize,
			ObservationRegistry observations) {
		this.parser = parser;
		this.receiver = receiver;
		this.maxBodySize = maxBodySize;
		this.observations = observations;
	}

	/**
	 * The largest body that is read.
	 * @return a number of bytes
	 */
	int maxBodySize() {
		return this.maxBodySize;
	}

	/**
	 * Receive a message.
	 * @param body the body as received
	 * @param signature the signature, or {@code null} when there was none
	 * @return the answer's status
	 */
	HttpStatus receive(byte[] body, @Nullable String signature) {
		WebhookObservation observation = WebhookObservation.start(this.observations);
		return observation.observe(() -> receive(body, signature, observation));
	}

	/**
	 * Turn away a message that was not read to its end.
	 * @param status the answer's status
	 * @return the same
	 */
	HttpStatus reject(HttpStatus status) {
		WebhookObservation.start(this.observations).stop();
		return status;
	}

	private HttpStatus receive(byte[] body, @Nullable String signature, WebhookObservation observation) {
		ReceivedEvent received;
		try {
			received = this.parser.receive(body, signature);
		}
		catch (InvalidSignatureException ex) {
			logger.debug("Refused a message whose signature is missing or wrong");
			return HttpStatus.UNAUTHORIZED;
		}
		catch (MalformedWebhookException ex) {
			logger.warn("Refused a signed message: " + ex.getMessage());
			return HttpStatus.BAD_REQUEST;
		}
		K2Event event = received.event();
		observation.received(received);
		if (event instanceof UnrecognizedK2Event unrecognized) {
			logger.warn("No record for message " + event.id() + ": " + unrecognized.reason());
		}
		return take(received, observation);
	}

	private HttpStatus take(ReceivedEvent received, WebhookObservation observation) {
		try {
			Reception reception = this.receiver.receive(received);
			observation.ended(reception);
			return (reception != Reception.BUSY) ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE;
		}
		catch (Throwable ex) {
			observation.failed(ex);
			logger.error("Event " + received.event().id() + " was not handled, and Kopo Kopo may deliver it again", ex);
			return HttpStatus.INTERNAL_SERVER_ERROR;
		}
	}

}
