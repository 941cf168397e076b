package io.github.k2connect.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;

import io.github.k2connect.AccountName;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.servlet.HandlerMapping;

/**
 * The webhook endpoint on the servlet stack. It has its own mapping: path prefixes and
 * API versions of the application's controllers do not apply to it.
 * <p>
 * No thread waits for the body. If it has not arrived with the request, the request is
 * dispatched again when it has. Listeners run on the thread of the request.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public class K2WebhookController implements HttpRequestHandler {

	private static final Log logger = LogFactory.getLog(K2WebhookController.class);

	private final WebhookEndpoint endpoint;

	/**
	 * Create the controller.
	 * @param endpoint the receiver of messages
	 */
	public K2WebhookController(WebhookEndpoint endpoint) {
		this.endpoint = endpoint;
	}

	/**
	 * Receive a message with any content type, and send an empty response. A message is
	 * not read completely if it is unsigned, too large or too slow.
	 * @param request the request
	 * @param response the response
	 * @throws HttpRequestMethodNotSupportedException if the method is not POST
	 * @throws IOException if the connection is closed
	 */
	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response)
			throws HttpRequestMethodNotSupportedException, IOException {
		if (!HttpMethod.POST.matches(request.getMethod())) {
			throw new HttpRequestMethodNotSupportedException(request.getMethod(), List.of(HttpMethod.POST.name()));
		}
		String account = account(request);
		String signature = request.getHeader(SignatureVerifier.HEADER);
		byte[] body = AsyncBodyReader.bodyOf(request);
		if (body != null) {
			respond(response, this.endpoint.receive(account, body, signature));
			return;
		}
		Rejection rejection = this.endpoint.examine(request.getContentLengthLong(), signature);
		if (!request.isAsyncSupported()) {
			respond(response, status(request, account, signature, rejection));
			return;
		}
		byte[] arrived = arrived(request);
		if (arrived.length == request.getContentLengthLong()) {
			respond(response, (rejection != null) ? this.endpoint.reject(account, rejection)
					: this.endpoint.receive(account, arrived, signature));
		}
		else {
			new AsyncBodyReader(this.endpoint, account, request, response, arrived).start(rejection);
		}
	}

	private static void respond(HttpServletResponse response, HttpStatus status) {
		if (status == HttpStatus.SERVICE_UNAVAILABLE) {
			response.setHeader(HttpHeaders.RETRY_AFTER, WebhookEndpoint.RETRY_AFTER);
		}
		response.setStatus(status.value());
	}

	/**
	 * Return the part of the body that can be read without waiting, if the body has a
	 * length that is allowed. Some servers say of a whole body that one byte is
	 * available, until that is read.
	 */
	private byte[] arrived(HttpServletRequest request) throws IOException {
		ByteArrayOutputStream arrived = new ByteArrayOutputStream();
		long length = request.getContentLengthLong();
		if (length <= this.endpoint.maxBodySize()) {
			InputStream in = request.getInputStream();
			int read = 0;
			while (read >= 0 && arrived.size() < length && in.available() > 0) {
				byte[] part = new byte[(int) Math.min(in.available(), length - arrived.size())];
				read = in.read(part);
				arrived.write(part, 0, Math.max(read, 0));
			}
		}
		return arrived.toByteArray();
	}

	/**
	 * Return the name of the account in the path.
	 */
	private static String account(HttpServletRequest request) {
		return (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
				&& variables.get(WebhookPaths.ACCOUNT) instanceof String account) ? account : AccountName.DEFAULT;
	}

	private HttpStatus status(HttpServletRequest request, String account, @Nullable String signature,
			@Nullable Rejection rejection) {
		if (rejection != null) {
			return this.endpoint.reject(account, rejection);
		}
		byte[] body;
		try (InputStream in = request.getInputStream()) {
			body = in.readNBytes(this.endpoint.maxBodySize() + 1);
		}
		catch (IOException ex) {
			logger.debug("A message was incomplete", ex);
			return this.endpoint.reject(account, Rejection.MALFORMED);
		}
		return (body.length > this.endpoint.maxBodySize()) ? this.endpoint.reject(account, Rejection.TOO_LARGE)
				: this.endpoint.receive(account, body, signature);
	}

}
