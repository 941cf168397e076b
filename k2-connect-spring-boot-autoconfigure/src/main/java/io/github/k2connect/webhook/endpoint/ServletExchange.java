package io.github.k2connect.webhook.endpoint;

import java.io.IOException;

import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request to the endpoint on the servlet stack, with its response.
 *
 * @param request the request
 * @param response the response
 */
record ServletExchange(HttpServletRequest request, HttpServletResponse response) {

	private static final Log logger = LogFactory.getLog(ServletExchange.class);

	/**
	 * Return the request without the wrappers of filters.
	 */
	ServletRequest original() {
		ServletRequest original = this.request;
		while (original instanceof ServletRequestWrapper wrapper) {
			original = wrapper.getRequest();
		}
		return original;
	}

	/**
	 * Return whether the body was sent compressed. A filter may decompress it.
	 */
	boolean isCompressed() {
		return original() instanceof HttpServletRequest http && http.getHeader(HttpHeaders.CONTENT_ENCODING) != null;
	}

	/**
	 * Send the response at once. A server that stops waits for requests, and not for
	 * responses that it has not sent yet. The status is never sent as an error, because
	 * the application's error page, or its rules for it, could replace the response.
	 */
	void respond(HttpStatus status) {
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			this.response.setHeader(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER);
		}
		this.response.setStatus(status.value());
		this.response.setContentLength(0);
		try {
			this.response.flushBuffer();
		}
		catch (IOException ex) {
			logger.debug("A response could not be sent", ex);
		}
	}

}
