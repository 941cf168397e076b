package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpStatus;

/**
 * Receives a message, on whichever web stack, and says how it is answered.
 */
public final class WebhookEndpoint {

	private static final Log logger = LogFactory.getLog(WebhookEndpoint.class);

	private final WebhookParser parser;

	private final EventDispatcher dispatcher;

	private final int maxBodySize;

	/**
	 * Creates an endpoint.
	 * @param parser verifies and decodes
	 * @param dispatcher reaches the listeners
	 * @param maxBodySize the largest body that is read, in bytes
	 */
	public WebhookEndpoint(WebhookParser parser, EventDispatcher dispatcher, int maxBodySize) {
		this.parser = parser;
		this.dispatcher = dispatcher;
		this.maxBodySize = maxBodySize;
	}

	/**
	 * The largest body that is read.
	 * @return a number of bytes
	 */
	int maxBodySize() {
		return this.maxBodySize;
	}

	/**
	 * Receives a message.
	 * @param body the body as received
	 * @param signature the signature, or {@code null} when there was none
	 * @return the answer's status
	 */
	HttpStatus receive(byte[] body, @Nullable String signature) {
		K2Event event;
		try {
			event = this.parser.parse(body, signature);
		}
		catch (InvalidSignatureException ex) {
			logger.debug("Refused a message whose signature is missing or wrong");
			return HttpStatus.UNAUTHORIZED;
		}
		catch (MalformedWebhookException ex) {
			logger.warn("Refused a signed message: " + ex.getMessage());
			return HttpStatus.BAD_REQUEST;
		}
		if (event instanceof UnrecognizedK2Event unrecognized) {
			logger.warn("No record for message " + event.id() + ": " + unrecognized.reason());
		}
		return dispatch(event);
	}

	private HttpStatus dispatch(K2Event event) {
		try {
			this.dispatcher.dispatch(event);
			return HttpStatus.OK;
		}
		catch (RuntimeException | Error ex) {
			logger.error("A listener failed with message " + event.id() + ", which Kopo Kopo may deliver again", ex);
			return HttpStatus.INTERNAL_SERVER_ERROR;
		}
	}

}
