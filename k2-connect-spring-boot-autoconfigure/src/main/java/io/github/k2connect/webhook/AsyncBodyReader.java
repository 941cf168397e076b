package io.github.k2connect.webhook;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;

import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Reader for the rest of a request's body. It reads the body as it arrives, without a
 * waiting thread, and then dispatches the request again.
 * <p>
 * A rejected request gets its response at once. The rest of its body is discarded for a
 * moment before the connection is closed, because the response can get lost if the
 * connection is closed too early.
 */
final class AsyncBodyReader implements ReadListener, AsyncListener {

	private static final Log logger = LogFactory.getLog(AsyncBodyReader.class);

	private static final String BODY = AsyncBodyReader.class.getName() + ".BODY";

	private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

	private static final int BUFFER_SIZE = 8192;

	private final WebhookEndpoint endpoint;

	private final String account;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final ServletInputStream in;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final byte[] buffer = new byte[BUFFER_SIZE];

	private int discarded;

	private boolean rejected;

	private boolean ended;

	AsyncBodyReader(WebhookEndpoint endpoint, String account, HttpServletRequest request, HttpServletResponse response,
			byte[] arrived) throws IOException {
		this.endpoint = endpoint;
		this.account = account;
		this.request = request;
		this.response = response;
		this.in = request.getInputStream();
		this.body.writeBytes(arrived);
	}

	/**
	 * Return the body that was read, after the request was dispatched again.
	 */
	static byte @Nullable [] bodyOf(HttpServletRequest request) {
		return (byte[]) request.getAttribute(BODY);
	}

	/**
	 * Read the body, or discard it if the request is already rejected. A request that
	 * ends unexpectedly never gets status 200.
	 */
	void start(@Nullable Rejection rejection) {
		this.response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
		AsyncContext context = this.request.startAsync(this.request, this.response);
		context.addListener(this);
		context.setTimeout(((rejection != null) ? DISCARD_TIMEOUT : this.endpoint.readTimeout()).toMillis());
		if (rejection != null) {
			reject(rejection);
		}
		this.in.setReadListener(this);
	}

	@Override
	public void onDataAvailable() throws IOException {
		while (!this.ended && this.in.isReady() && !this.in.isFinished()) {
			int read = this.in.read(this.buffer);
			if (read > 0) {
				take(read);
			}
		}
	}

	private void take(int length) {
		int limit = this.endpoint.maxBodySize();
		if (!this.rejected && this.body.size() + length > limit) {
			reject(Rejection.TOO_LARGE);
		}
		if (!this.rejected) {
			this.body.write(this.buffer, 0, length);
			return;
		}
		this.discarded += length;
		if (this.discarded > limit) {
			complete();
		}
	}

	@Override
	public void onAllDataRead() {
		if (this.rejected) {
			complete();
		}
		else if (!this.ended) {
			this.ended = true;
			this.request.setAttribute(BODY, this.body.toByteArray());
			this.request.getAsyncContext().dispatch();
		}
	}

	@Override
	public void onError(Throwable failure) {
		logger.debug("A message was incomplete", failure);
		end(Rejection.MALFORMED);
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		end(Rejection.TIMED_OUT);
	}

	@Override
	public void onError(AsyncEvent event) {
		if (event.getThrowable() instanceof IOException failure) {
			onError(failure);
		}
	}

	@Override
	public void onComplete(AsyncEvent event) {
		// nothing is left to do
	}

	@Override
	public void onStartAsync(AsyncEvent event) {
		// the endpoint starts it once
	}

	private void end(Rejection rejection) {
		if (!this.ended && !this.rejected) {
			reject(rejection);
		}
		complete();
	}

	private void reject(Rejection rejection) {
		this.rejected = true;
		this.response.setStatus(this.endpoint.reject(this.account, rejection).value());
		this.response.setContentLength(0);
		if (this.request.getProtocol().startsWith("HTTP/1")) {
			this.response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		try {
			this.response.flushBuffer();
		}
		catch (IOException ex) {
			logger.debug("A response could not be sent", ex);
		}
	}

	private void complete() {
		if (!this.ended) {
			this.ended = true;
			this.request.getAsyncContext().complete();
		}
	}

}
