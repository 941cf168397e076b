package io.github.k2connect.webhook.endpoint;

import java.io.IOException;

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
	 * @param endpoint the receiver of messages
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
		ServletDelivery delivery = new ServletDelivery(this.endpoint, account, request, response);
		try {
			byte[] body = AsyncBodyReader.bodyOf(request);
			if (body != null) {
				delivery.receive(body);
			}
			else {
				read(delivery);
			}
		}
		catch (IOException ex) {
			delivery.rejectIncomplete(ex);
		}
		catch (Throwable ex) {
			delivery.fail(ex);
		}
	}

	private void read(ServletDelivery delivery) throws IOException {
		Rejection rejection = delivery.examine();
		ServletInputStream in;
		try {
			in = inputStream(delivery.request());
		}
		catch (IOException | RuntimeException ex) {
			if (rejection == null) {
				throw ex;
			}
			delivery.reject(rejection);
			return;
		}
		if (delivery.request().isAsyncSupported() && isOfContainer(in, delivery)) {
			new AsyncBodyReader(delivery, in, rejection).start();
		}
		else if (rejection != null) {
			delivery.reject(rejection);
		}
		else {
			delivery.receive(in.readNBytes(this.endpoint.maxBodySize() + 1));
		}
	}

	private static ServletInputStream inputStream(HttpServletRequest request) throws IOException {
		try {
			return request.getInputStream();
		}
		catch (IllegalStateException ex) {
			throw new ConsumedBodyException(ex);
		}
	}

	private static boolean isOfContainer(ServletInputStream in, ServletDelivery delivery) throws IOException {
		try {
			return delivery.original().getInputStream() == in;
		}
		catch (IllegalStateException ex) {
			return false; // a filter has read the original body with a reader
		}
	}

}
