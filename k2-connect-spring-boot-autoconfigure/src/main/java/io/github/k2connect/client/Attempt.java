package io.github.k2connect.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLHandshakeException;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Exception;
import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpRequest;
import org.springframework.http.MediaType;
import org.springframework.http.StreamingHttpOutputMessage.Body;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient.RequestHeadersSpec;

/**
 * One attempt of a call, kept as an attribute of the request. It tracks the progress of
 * the request: if nothing of the body was sent, the request had no effect.
 */
final class Attempt {

	private static final String ATTRIBUTE = Attempt.class.getName();

	private final ApiCall call;

	private final Deadline deadline;

	private final Runnable beforeSending;

	private final AtomicReference<Progress> progress = new AtomicReference<>(Progress.PREPARED);

	/**
	 * Create an attempt.
	 * @param call the call
	 * @param deadline the deadline of the call
	 * @param beforeSending called just before the request is sent, and again if it is
	 * repeated with a new token; throws a {@link K2Exception} if it must not be sent
	 */
	Attempt(ApiCall call, Deadline deadline, Runnable beforeSending) {
		this.call = call;
		this.deadline = deadline;
		this.beforeSending = beforeSending;
	}

	static @Nullable Attempt of(Map<String, Object> attributes) {
		return (attributes.get(ATTRIBUTE) instanceof Attempt attempt) ? attempt : null;
	}

	/**
	 * Send the request, as the last interceptor. A request had no effect if the
	 * connection was refused or the TLS handshake failed. The JDK's client throws a
	 * {@link NumberFormatException} if it cannot read the length of the response.
	 */
	static ClientHttpResponse intercept(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		Attempt attempt = of(request.getAttributes());
		return (attempt != null) ? attempt.forward(request, body, execution) : execution.execute(request, body);
	}

	/**
	 * Send the request.
	 * @return the response with any status
	 */
	ApiResponse send(RequestHeadersSpec<?> request) {
		try {
			return request.accept(MediaType.APPLICATION_JSON)
				.apiVersion(null)
				.attribute(ATTRIBUTE, this)
				.exchangeForRequiredValue(
						(sent, response) -> ApiResponse.read(response, this.call.kind().maxBodySize()));
		}
		catch (ResourceAccessException ex) {
			throw this.call.failure((ex.getCause() != null) ? ex.getCause() : ex, mayHaveBeenSent(ex));
		}
		catch (Exception ex) {
			if (this.call.hasSideEffect() && mayHaveBeenSent(ex)) {
				throw this.call.failure(ex, true);
			}
			throw ex;
		}
	}

	/**
	 * Return the time that is left for the request.
	 */
	Duration timeLeft() {
		return this.deadline.left();
	}

	/**
	 * Record that the JDK client is called. It sends nothing before it reads the body.
	 */
	void connecting() {
		if (!this.progress.compareAndSet(Progress.FORWARDED, Progress.CONNECTING)) {
			this.progress.compareAndSet(Progress.PREPARED, Progress.CONNECTING);
		}
	}

	/**
	 * Return the body. It is written after the connection is open, including the TLS
	 * handshake and the tunnel of a proxy, which may have taken long.
	 */
	Body body(byte[] bytes) {
		return (stream) -> {
			boolean maySend = maySend();
			this.progress.compareAndSet(Progress.CONNECTING, maySend ? Progress.SENT : Progress.ABANDONED);
			if (!maySend || this.progress.get() == Progress.ABANDONED) {
				throw new IOException("The attempt was abandoned");
			}
			stream.write(bytes);
		};
	}

	private boolean maySend() {
		try {
			this.beforeSending.run();
			return true;
		}
		catch (K2Exception ex) {
			return false;
		}
	}

	private ClientHttpResponse forward(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		this.beforeSending.run();
		Progress before = this.progress.get();
		this.progress.compareAndSet(Progress.PREPARED, Progress.FORWARDED);
		try {
			ClientHttpResponse response = execution.execute(request, body);
			if (K2ApiException.isRejection(response.getStatusCode().value())) {
				this.progress.set(before);
			}
			return response;
		}
		catch (SSLHandshakeException ex) {
			this.progress.set(before);
			throw ex;
		}
		catch (NumberFormatException ex) {
			throw new IOException("The response has an invalid header", ex);
		}
	}

	/**
	 * Return whether a part of the request may have been sent. From now on nothing is
	 * sent.
	 */
	private boolean mayHaveBeenSent(Exception failure) {
		this.progress.compareAndSet(Progress.CONNECTING, Progress.ABANDONED);
		return switch (this.progress.get()) {
			case PREPARED -> failure instanceof ResourceAccessException && !neverConnected(failure);
			case FORWARDED -> !neverConnected(failure);
			case CONNECTING, ABANDONED -> false;
			case SENT -> true;
		};
	}

	/**
	 * Return whether the request may have been received although the response is a
	 * rejection: an interceptor of the application has repeated it.
	 */
	boolean mayHaveBeenReceivedBefore() {
		Progress last = this.progress.get();
		return last == Progress.SENT || last == Progress.FORWARDED;
	}

	private static boolean neverConnected(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof NoRouteToHostException
					|| cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException
					|| cause instanceof HttpConnectTimeoutException || cause instanceof SSLHandshakeException) {
				return true;
			}
		}
		return false;
	}

	/**
	 * The progress of a request.
	 */
	private enum Progress {

		/**
		 * The interceptors are running.
		 */
		PREPARED,

		/**
		 * The HTTP client was called, which may be one of the application.
		 */
		FORWARDED,

		/**
		 * The JDK client was called but has not read the body.
		 */
		CONNECTING,

		/**
		 * The request failed before its body was sent.
		 */
		ABANDONED,

		/**
		 * The JDK client has read the body.
		 */
		SENT

	}

}
