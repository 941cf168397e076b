package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

import io.github.k2connect.webhook.endpoint.UnfinishedMessages.Message;
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
import org.springframework.util.FastByteArrayOutputStream;

/**
 * Reader for a body that comes from the container. If the whole body has arrived with the
 * request, the request is answered at once. Otherwise the body is read as it arrives,
 * without a waiting thread, and then the request is dispatched again.
 * <p>
 * A rejected request gets its response at once. The rest of its body is discarded for a
 * moment before the connection is closed, because the response can get lost if the
 * connection is closed too early.
 * <p>
 * A message that is given up because of {@link UnfinishedMessages} is answered on the
 * thread of another message. So the response and the end of the request are guarded by a
 * lock; all else happens on the threads of the container, one after another.
 */
final class AsyncBodyReader implements ReadListener, AsyncListener {

	private static final String BODY = AsyncBodyReader.class.getName() + ".BODY";

	private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

	private static final int BUFFER_SIZE = 8192;

	/**
	 * The memory of a connection that waits, in Tomcat: its buffers for the headers, the
	 * body and the response.
	 */
	private static final int CONNECTION_SIZE = 32 * 1024;

	/**
	 * The memory of a stream of HTTP/2 that waits, in Tomcat: two buffers of 64 KB.
	 */
	private static final int STREAM_SIZE = 160 * 1024;

	private final Delivery delivery;

	private final ServletExchange exchange;

	private final HttpServletRequest request;

	private final HttpServletResponse response;

	private final ServletInputStream in;

	private final @Nullable Rejection rejection;

	private final int limit;

	private final Message message;

	private final ReentrantLock lock = new ReentrantLock();

	/**
	 * The bytes that were read, or {@code null} after the response was sent.
	 */
	private volatile @Nullable FastByteArrayOutputStream body;

	private int discarded;

	private volatile boolean ended;

	/**
	 * Create a reader.
	 * @param delivery the delivery
	 * @param exchange the request and its response
	 * @param in the stream of the container
	 * @param rejection the reason to discard the body, or {@code null} to read it
	 */
	AsyncBodyReader(Delivery delivery, ServletExchange exchange, ServletInputStream in, @Nullable Rejection rejection) {
		this.delivery = delivery;
		this.exchange = exchange;
		this.request = exchange.request();
		this.response = exchange.response();
		this.in = in;
		this.rejection = rejection;
		this.limit = delivery.endpoint().maxBodySize();
		this.message = delivery.endpoint().unfinished().new Message(this::giveUp);
	}

	/**
	 * Return the body that was read, after the request was dispatched again.
	 */
	static byte @Nullable [] bodyOf(HttpServletRequest request) {
		AsyncBodyReader reader = (AsyncBodyReader) request.getAttribute(BODY);
		return (reader != null) ? reader.takeBody() : null;
	}

	private byte @Nullable [] takeBody() {
		this.message.release();
		FastByteArrayOutputStream finished = this.body;
		return (finished != null) ? finished.toByteArrayUnsafe() : null;
	}

	void start() throws IOException {
		FastByteArrayOutputStream arrived = new FastByteArrayOutputStream();
		if (!hasArrived(arrived)) {
			await(arrived);
		}
		else if (this.rejection != null) {
			this.exchange.respond(this.delivery.reject(this.rejection));
		}
		else {
			this.exchange.respond(this.delivery.arrived(arrived.toByteArrayUnsafe()).receive());
		}
	}

	/**
	 * Read what can be read without waiting, if the body has a length that is allowed.
	 * Some servers say of a whole body that one byte is available, until that is read.
	 */
	private boolean hasArrived(FastByteArrayOutputStream arrived) throws IOException {
		long length = length();
		byte[] buffer = new byte[(int) Math.min(BUFFER_SIZE, Math.max(length, 0))];
		int read = 0;
		while (length <= this.limit && arrived.size() < length && read >= 0 && this.in.available() > 0) {
			read = this.in.read(buffer, 0, (int) Math.min(buffer.length, length - arrived.size()));
			arrived.write(buffer, 0, Math.max(read, 0));
		}
		return arrived.size() == length || this.in.isFinished();
	}

	/**
	 * Return the length of the body, or -1 if it is not known.
	 */
	private long length() {
		long length = this.request.getContentLengthLong();
		boolean empty = length < 0 && isHttp1() && this.request.getHeader(HttpHeaders.TRANSFER_ENCODING) == null;
		return empty ? 0 : length;
	}

	/**
	 * Wait for the rest of the body. A request that ends unexpectedly never gets status
	 * 200.
	 */
	private void await(FastByteArrayOutputStream arrived) {
		this.response.setStatus(HttpStatus.INTERNAL_SERVER_ERROR.value());
		AsyncContext context = this.request.startAsync(this.request, this.response);
		context.addListener(this);
		context.setTimeout(
				((this.rejection != null) ? DISCARD_TIMEOUT : this.delivery.endpoint().readTimeout()).toMillis());
		this.body = arrived;
		if (this.rejection != null) {
			reject(this.rejection);
		}
		if (this.message.begin(isHttp1() ? CONNECTION_SIZE : STREAM_SIZE) && this.message.take(arrived.size())) {
			try {
				this.in.setReadListener(this);
			}
			catch (RuntimeException ex) {
				onError(ex);
			}
		}
	}

	@Override
	public void onDataAvailable() throws IOException {
		byte[] buffer = new byte[BUFFER_SIZE];
		while (!this.ended && this.in.isReady() && !this.in.isFinished()) {
			int read = this.in.read(buffer);
			if (read > 0) {
				take(buffer, read);
			}
		}
	}

	private void take(byte[] buffer, int length) throws IOException {
		FastByteArrayOutputStream unfinished = this.body;
		if (unfinished == null) {
			discard(length);
		}
		else if (unfinished.size() + length > this.limit) {
			reject(Rejection.TOO_LARGE);
			discard(length);
		}
		else if (this.message.take(length)) {
			unfinished.write(buffer, 0, length);
		}
	}

	private void discard(int length) {
		this.discarded += length;
		if (this.discarded > this.limit) {
			complete();
		}
	}

	@Override
	public void onAllDataRead() {
		this.lock.lock();
		try {
			FastByteArrayOutputStream finished = this.body;
			if (finished == null) {
				complete();
			}
			else if (!this.ended) {
				this.ended = true;
				this.message.arrived();
				this.request.setAttribute(BODY, this);
				this.request.getAsyncContext().dispatch();
			}
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Send the response without discarding the rest of the body, for which there is no
	 * memory.
	 */
	private void giveUp() {
		this.lock.lock();
		try {
			reject(Rejection.OVERLOADED);
			complete();
		}
		finally {
			this.lock.unlock();
		}
	}

	@Override
	public void onError(Throwable failure) {
		respond(() -> this.delivery.fail(failure));
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
		this.message.release();
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
	private void respond(Supplier<HttpStatus> status) {
		this.lock.lock();
		try {
			if (this.body == null || this.ended) {
				return;
			}
			this.body = null;
			if (isHttp1()) {
				this.response.setHeader(HttpHeaders.CONNECTION, "close");
			}
			this.exchange.respond(status.get());
		}
		finally {
			this.lock.unlock();
		}
	}

	private void complete() {
		this.lock.lock();
		try {
			if (!this.ended) {
				this.message.release();
				this.request.getAsyncContext().complete();
				this.ended = true;
			}
		}
		catch (IllegalStateException ex) {
			// Jetty has just found that the time is over: onTimeout completes it
		}
		finally {
			this.lock.unlock();
		}
	}

	private boolean isHttp1() {
		return this.request.getProtocol().startsWith("HTTP/1");
	}

}
