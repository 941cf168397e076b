package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

import io.github.k2connect.webhook.endpoint.UnfinishedMessages.Message;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.util.FastByteArrayOutputStream;

/**
 * The body of a request on the reactive stack. It is either read or discarded, within
 * limits. Its bytes are copied at once, because a buffer of the server can be much larger
 * than the bytes in it.
 */
final class ReactiveBody {

	private static final Log logger = LogFactory.getLog(ReactiveBody.class);

	/**
	 * Where Reactor looks for the consumer of failures that nobody receives. Reactor
	 * Netty reports a failure of a stream twice, and a message can be given up while its
	 * reading fails.
	 */
	private static final String DROPPED = "reactor.onErrorDropped.local";

	private static final Duration DISCARD_TIMEOUT = Duration.ofSeconds(1);

	/**
	 * The memory of a connection that waits, about.
	 */
	private static final int CONNECTION_SIZE = 32 * 1024;

	private final ServerHttpRequest request;

	private final int limit;

	private final Duration readTimeout;

	private final Sinks.Empty<Void> givenUp = Sinks.empty();

	private final Message message;

	private volatile boolean ended;

	ReactiveBody(ServerHttpRequest request, WebhookEndpoint endpoint) {
		this.request = request;
		this.limit = endpoint.maxBodySize();
		this.readTimeout = endpoint.readTimeout();
		this.message = endpoint.unfinished().new Message(() -> this.givenUp.tryEmitError(new GivenUpException()));
	}

	/**
	 * Return whether the end of the body has been read.
	 */
	boolean isEnded() {
		return this.ended;
	}

	/**
	 * Return the memory of the body.
	 */
	void release() {
		this.message.release();
	}

	/**
	 * Read the body.
	 * @return the body, or the error of {@link #rejection}
	 */
	Mono<byte[]> read() {
		return within(this.readTimeout, body().collect(FastByteArrayOutputStream::new, this::write))
			.doOnNext((body) -> this.message.arrived())
			.map(FastByteArrayOutputStream::toByteArrayUnsafe);
	}

	/**
	 * Discard the body for a moment, so that the sender gets the response before the
	 * connection is closed. A sender who waits for a permission to send does not get it.
	 * @return completion, always
	 */
	Mono<Void> discard() {
		HttpHeaders headers = this.request.getHeaders();
		if (headers.getContentLength() > this.limit || headers.containsHeader(HttpHeaders.EXPECT)) {
			return Mono.empty();
		}
		return within(DISCARD_TIMEOUT,
				body().map(ReactiveBody::discard)
					.scan(0L, Long::sum)
					.takeWhile((discarded) -> discarded <= this.limit)
					.then())
			.onErrorComplete();
	}

	/**
	 * Return why the body could not be read.
	 * @param failure the failure
	 * @return the reason, or {@code null} if the application has consumed the body
	 */
	static @Nullable Rejection rejection(Throwable failure) {
		if (failure instanceof DataBufferLimitException) {
			return Rejection.TOO_LARGE;
		}
		if (failure instanceof TimeoutException) {
			return Rejection.TIMED_OUT;
		}
		if (failure instanceof GivenUpException) {
			return Rejection.OVERLOADED;
		}
		return (failure instanceof IllegalStateException) ? null : Rejection.MALFORMED;
	}

	private Flux<DataBuffer> body() {
		return this.request.getBody()
			.doOnDiscard(DataBuffer.class, DataBufferUtils::release)
			.doOnComplete(() -> this.ended = true);
	}

	private static void logDropped(Throwable failure) {
		logger.debug("A message was incomplete", failure);
	}

	private <T> Mono<T> within(Duration timeout, Mono<T> body) {
		return Mono.defer(() -> {
			this.message.begin(CONNECTION_SIZE);
			return this.givenUp.asMono().<T>then(Mono.never()).or(body);
		})
			.timeout(timeout)
			.contextWrite((context) -> context.put(DROPPED, (Consumer<Throwable>) ReactiveBody::logDropped));
	}

	private void write(FastByteArrayOutputStream body, DataBuffer buffer) {
		try {
			int length = buffer.readableByteCount();
			if (body.size() + length > this.limit) {
				throw new DataBufferLimitException("The body is larger than " + this.limit + " bytes");
			}
			if (this.message.take(length)) {
				byte[] bytes = new byte[length];
				buffer.read(bytes);
				body.write(bytes);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		finally {
			DataBufferUtils.release(buffer);
		}
	}

	private static long discard(DataBuffer buffer) {
		int length = buffer.readableByteCount();
		DataBufferUtils.release(buffer);
		return length;
	}

	/**
	 * Thrown when the message is given up because of {@link UnfinishedMessages}.
	 */
	private static final class GivenUpException extends RuntimeException {

		private static final long serialVersionUID = 1L;

		private GivenUpException() {
			super("Too many messages are unfinished", null, false, false);
		}

	}

}
