package io.github.k2connect.webhook;

import java.io.IOException;
import java.util.List;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;

import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;

/**
 * The webhook endpoint on the servlet stack. It has a mapping of its own, so that neither
 * a prefix of the application's controllers nor a version that its API requires applies.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public class K2WebhookController implements HttpRequestHandler {

	private static final Log logger = LogFactory.getLog(K2WebhookController.class);

	private final WebhookEndpoint endpoint;

	/**
	 * Create the controller.
	 * @param endpoint receives the messages
	 */
	public K2WebhookController(WebhookEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Receive a message, whatever its content type, and give an empty answer. What is
	 * larger than the limit is not read further.
	 * @param request the request
	 * @param response the answer
	 * @throws HttpRequestMethodNotSupportedException if it is no POST
	 */
	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws HttpRequestMethodNotSupportedException {
		if (!HttpMethod.POST.matches(request.getMethod())) {
			throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(HttpMethod.POST.name()));
		}
		response.setStatus(status(request).value());
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
