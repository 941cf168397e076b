package io.github.k2connect.webhook.endpoint;

import java.io.IOException;

import io.github.k2connect.webhook.SignatureVerifier;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletRequestWrapper;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * A request to the endpoint on the servlet stack, with its response. The status is never
 * sent as an error, because the application's error page, or its rules for it, could
 * replace the response.
 *
 * @param endpoint the receiver of messages
 * @param account the name of the account in the path
 * @param request the request
 * @param response the response
 */
record ServletDelivery(WebhookEndpoint endpoint, String account, HttpServletRequest request,
		HttpServletResponse response) {

	private static final Log logger = LogFactory.getLog(ServletDelivery.class);

	/**
	 * Check the request before its body is read.
	 * @return the reason to reject it, or {@code null} to read it
	 */
	@Nullable Rejection examine() {
		return this.endpoint.examine(this.request.getContentLengthLong(), signature());
	}

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
	 * Receive the message. If a filter decompresses it, it may be empty although its
	 * length is not.
	 * @param body the body as received, at most one byte larger than allowed
	 */
	void receive(byte[] body) {
		if (body.length == 0 && this.request.getContentLengthLong() > 0 && !isCompressed()) {
			throw new ConsumedBodyException(null);
		}
		if (body.length > this.endpoint.maxBodySize()) {
			reject(Rejection.TOO_LARGE);
		}
		else {
			respond(this.endpoint.receive(this.account, body, signature()));
		}
	}

	private boolean isCompressed() {
		return original() instanceof HttpServletRequest http && http.getHeader(HttpHeaders.CONTENT_ENCODING) != null;
	}

	void reject(Rejection rejection) {
		respond(this.endpoint.reject(this.account, rejection));
	}

	/**
	 * Reject a message whose body did not arrive completely.
	 */
	void rejectIncomplete(IOException failure) {
		logger.debug("A message was incomplete", failure);
		reject(Rejection.MALFORMED);
	}

	void fail(Throwable failure) {
		respond(this.endpoint.fail(this.account, failure));
	}

	/**
	 * Send the response at once. A server that stops waits for requests, and not for
	 * responses that it has not sent yet.
	 */
	private void respond(HttpStatus status) {
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

	private @Nullable String signature() {
		return this.request.getHeader(SignatureVerifier.HEADER);
	}

}
