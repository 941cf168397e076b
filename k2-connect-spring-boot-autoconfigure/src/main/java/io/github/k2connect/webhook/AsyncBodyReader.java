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
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;

/**
 * Reader for a body that comes from the container. If the whole body has arrived with the
 * request, the request is answered at once. Otherwise the body is read as it arrives,
 * without a waiting thread, and then the request is dispatched again.
 * <p>
 * A rejected request gets its response at once. The rest of its body is discarded for a
 * moment before the connection is closed, because the response can get lost if the
 * connection is closed too early.
 */
final class AsyncBodyReader implements ReadListener, AsyncListener {

	private static final String BODY = AsyncBodyReader.class.getName() + ".BODY";

	private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

	private static final int BUFFER_SIZE = 8192;

	private final ServletDelivery delivery;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final ServletInputStream in;

	private final @Nullable Rejection rejection;

	private final int limit;

	private final ByteArrayOutputStream body = new ByteArrayOutputStream();

	private final byte[] buffer = new byte[BUFFER_SIZE];

	private int discarded;

	private boolean answered;

	private boolean ended;

	/**
	 * Create a reader.
	 * @param delivery the request and its response
	 * @param in the stream of the container
	 * @param rejection the reason to discard the body, or {@code null} to read it
	 */
	AsyncBodyReader(ServletDelivery delivery, ServletInputStream in, @Nullable Rejection rejection) {
		this.delivery = delivery;
		this.request = delivery.request();
		this.response = delivery.response();
		this.in = in;
		this.rejection = rejection;
		this.limit = delivery.endpoint().maxBodySize();
	}

	/**
	 * Return the body that was read, after the request was dispatched again.
	 */
	static byte @Nullable [] bodyOf(HttpServletRequest request) {
		return (byte[]) request.getAttribute(BODY);
	}

	void start() throws IOException {
		if (!hasArrived()) {
			await();
		}
		else if (this.rejection != null) {
			this.delivery.reject(this.rejection);
		}
		else {
			this.delivery.receive(this.body.toByteArray());
		}
	}

	/**
	 * Read what can be read without waiting, if the body has a length that is allowed.
	 * Some servers say of a whole body that one byte is available, until that is read.
	 */
	private boolean hasArrived() throws IOException {
		long length = length();
		int read = 0;
		while (length <= this.limit && this.body.size() < length && read >= 0 && this.in.available() > 0) {
			read = this.in.read(this.buffer, 0, (int) Math.min(this.buffer.length, length - this.body.size()));
			this.body.write(this.buffer, 0, Math.max(read, 0));
		}
		return this.body.size() == length || this.in.isFinished();
	}

	/**
	 * Return the length of the body, or -1 if it is not known.
	 */
	private long length() {
		long length = this.request.getContentLengthLong();
		boolean empty = length < 0 && this.request.getProtocol().startsWith("HTTP/1")
				&& this.request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
		return empty ? 0 : length;
	}

	/**
	 * Wait for the rest of the body. A request that ends unexpectedly never gets status
	 * 200.
	 */
	private void await() {
		this.response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
		AsyncContext context = this.request.startAsync(this.request, this.response);
		context.addListener(this);
		context.setTimeout(
				((this.rejection != null) ? DISCARD_TIMEOUT : this.delivery.endpoint().readTimeout()).toMillis());
		if (this.rejection != null) {
			reject(this.rejection);
		}
		try {
			this.in.setReadListener(this);
		}
		catch (RuntimeException ex) {
			onError(ex);
		}
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
		if (!this.answered && this.body.size() + length > this.limit) {
			reject(Rejection.TOO_LARGE);
		}
		if (!this.answered) {
			this.body.write(this.buffer, 0, length);
			return;
		}
		this.discarded += length;
		if (this.discarded > this.limit) {
			complete();
		}
	}

	@Override
	public void onAllDataRead() {
		if (this.answered) {
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
		respond(() -> {
			if (failure instanceof IOException incomplete) {
				this.delivery.rejectIncomplete(incomplete);
			}
			else {
				this.delivery.fail(failure);
			}
		});
		complete();
	}

	@Override
	public void onTimeout(AsyncEvent event) {
		reject(Rejection.TIMED_OUT);
		complete();
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

	private void reject(Rejection rejection) {
		respond(() -> this.delivery.reject(rejection));
	}

	/**
	 * Send the response before the body is complete, once.
	 */
	private void respond(Runnable response) {
		if (this.answered || this.ended) {
			return;
		}
		this.answered = true;
		if (this.request.getProtocol().startsWith("HTTP/1")) {
			this.response.setHeader(HttpHeaders.CONNECTION, "close");
		}
		response.run();
	}

	private void complete() {
		if (!this.ended) {
			this.ended = true;
			this.request.getAsyncContext().complete();
		}
	}

}
