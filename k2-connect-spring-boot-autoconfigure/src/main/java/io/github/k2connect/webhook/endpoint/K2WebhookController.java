package io.github.k2connect.webhook.endpoint;

import java.io.IOException;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookPaths;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apiguardian.api.API;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.HttpRequestHandler;
import org.springframework.web.util.ServletRequestPathUtils;

/**
 * The webhook endpoint on the servlet stack. It has its own mapping: path prefixes and
 * API versions of the application's controllers do not apply to it.
 * <p>
 * A body that comes from the container is read asynchronously: see
 * {@link AsyncBodyReader}. The body that a filter passes on instead is read on the thread
 * of the request, because few filters support asynchronous reading. Listeners run on the
 * thread of the request.
 */
class K2WebhookController implements HttpRequestHandler {

	private final WebhookEndpoint endpoint;

	private final WebhookPaths paths;

	/**
	 * Create the controller.
	 * @param endpoint what all deliveries share
	 * @param paths the paths of the endpoint
	 */
	K2WebhookController(WebhookEndpoint endpoint, WebhookPaths paths) {
		this.endpoint = endpoint;
		this.paths = paths;
	}

	/**
	 * Receive a message with any content type, and send an empty response. A message is
	 * not read completely if it is unsigned, too large or too slow.
	 * @param request the request
	 * @param response the response
	 */
	@Override
	public void handleRequest(HttpServletRequest request, HttpServletResponse response) {
		if (!HttpMethod.POST.matches(request.getMethod())) {
			response.setHeader(HttpHeaders.ALLOW, HttpMethod.POST.name());
			response.setStatus(HttpStatus.METHOD_NOT_ALLOWED.value());
			return;
		}
		String account = this.paths.account(ServletRequestPathUtils.parse(request).pathWithinApplication());
		ServletExchange exchange = new ServletExchange(request, response);
		Delivery delivery = new Delivery(this.endpoint, account, request.getHeader(SignatureVerifier.HEADER),
				request.getContentLengthLong(), exchange.isCompressed());
		try {
			byte[] body = AsyncBodyReader.bodyOf(request);
			if (body != null) {
				exchange.respond(delivery.arrived(body).receive());
			}
			else {
				read(delivery, exchange);
			}
		}
		catch (Throwable ex) {
			exchange.respond(delivery.fail(ex));
		}
	}

	private void read(Delivery delivery, ServletExchange exchange) throws IOException {
		Rejection rejection = delivery.examine();
		ServletInputStream in;
		try {
			in = inputStream(exchange.request());
		}
		catch (IOException | RuntimeException ex) {
			if (rejection == null) {
				throw ex;
			}
			exchange.respond(delivery.reject(rejection));
			return;
		}
		if (exchange.request().isAsyncSupported() && isOfContainer(in, exchange)) {
			new AsyncBodyReader(delivery, exchange, in, rejection).start();
		}
		else {
			exchange.respond((rejection != null) ? delivery.reject(rejection) : readAll(delivery, in));
		}
	}

	private HttpStatus readAll(Delivery delivery, ServletInputStream in) throws IOException {
		byte[] body = in.readNBytes(this.endpoint.maxBodySize() + 1);
		return (body.length > this.endpoint.maxBodySize()) ? delivery.reject(Rejection.TOO_LARGE)
				: delivery.arrived(body).receive();
	}

	private static ServletInputStream inputStream(HttpServletRequest request) throws IOException {
		try {
			return request.getInputStream();
		}
		catch (IllegalStateException ex) {
			throw new ConsumedBodyException(ex);
		}
	}

	private static boolean isOfContainer(ServletInputStream in, ServletExchange exchange) throws IOException {
		try {
			return exchange.original().getInputStream() == in;
		}
		catch (IllegalStateException ex) {
			return false; // a filter has read the original body with a reader
		}
	}

}
