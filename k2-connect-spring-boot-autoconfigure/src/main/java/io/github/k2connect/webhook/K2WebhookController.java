package io.github.k2connect.webhook;

import java.io.IOException;

import jakarta.servlet.http.HttpServletRequest;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * The webhook endpoint on the servlet stack.
 */
@RestController
public class K2WebhookController {

	private static final Log logger = LogFactory.getLog(K2WebhookController.class);

	private final WebhookEndpoint endpoint;

	/**
	 * Creates the controller.
	 * @param endpoint receives the messages
	 */
	public K2WebhookController(WebhookEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Receives a message, whatever its content type. What is larger than the limit is not
	 * read further.
	 * @param request the request
	 * @return an empty answer
	 */
	@PostMapping(WebhookEndpoint.PATH)
	ResponseEntity<Void> receive(HttpServletRequest request) {
		return ResponseEntity.status(status(request)).build();
	}

	private HttpStatus status(HttpServletRequest request) {
		int maxBodySize = this.endpoint.maxBodySize();
		if (request.getContentLengthLong() > maxBodySize) {
			return this.endpoint.reject(HttpStatus.CONTENT_TOO_LARGE);
		}
		byte[] body;
		try {
			body = request.getInputStream().readNBytes(maxBodySize + 1);
		}
		catch (IOException ex) {
			logger.debug("A message was cut off", ex);
			return this.endpoint.reject(HttpStatus.BAD_REQUEST);
		}
		return (body.length > maxBodySize) ? this.endpoint.reject(HttpStatus.CONTENT_TOO_LARGE)
				: this.endpoint.receive(body, request.getHeader(SignatureVerifier.HEADER));
	}

}
