package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
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

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	private final WebhookParser parser;

	private final EventDispatcher dispatcher;

	private final int maxBodySize;

	private final ObservationRegistry observations;

	/**
	 * Create an endpoint.
	 * @param parser verifies and decodes
	 * @param dispatcher reaches the listeners
	 * @param maxBodySize the largest body that is read, in bytes
	 * @param observations where each delivery is observed
	 */
	public WebhookEndpoint(WebhookParser parser, EventDispatcher dispatcher, int maxBodySize,
			ObservationRegistry observations) {
		this.parser = parser;
		this.dispatcher = dispatcher;
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
		observation.received(event);
		if (event instanceof UnrecognizedK2Event unrecognized) {
			logger.warn("No record for message " + event.id() + ": " + unrecognized.reason());
		}
		return dispatch(received, observation);
	}

	private HttpStatus dispatch(ReceivedEvent received, WebhookObservation observation) {
		try {
			observation.dispatched(this.dispatcher.dispatch(received));
			return HttpStatus.OK;
		}
		catch (Throwable ex) {
			observation.failed(ex);
			logger.error("A listener failed to handle event " + received.event().id()
					+ ", which Kopo Kopo may deliver again", ex);
			return HttpStatus.INTERNAL_SERVER_ERROR;
		}
	}

}
