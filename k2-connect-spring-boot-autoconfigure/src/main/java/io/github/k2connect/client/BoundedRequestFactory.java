package io.github.k2connect.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.concurrent.locks.ReentrantLock;

import org.jspecify.annotations.Nullable;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.StreamingHttpOutputMessage;
import org.springframework.http.client.AbstractClientHttpRequest;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;

/**
 * Factory of requests that end before the deadline of their call, including the time to
 * read the response, and that report their progress to the {@link Attempt}.
 */
final class BoundedRequestFactory implements ClientHttpRequestFactory {

	private final JdkClientHttpRequestFactory delegate;

	private final Duration readTimeout;

	private final ReentrantLock lock = new ReentrantLock();

	BoundedRequestFactory(JdkClientHttpRequestFactory delegate, Duration readTimeout) {
		this.delegate = delegate;
		this.readTimeout = readTimeout;
	}

	@Override
	public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
		return new BoundedRequest(uri, method);
	}

	private ClientHttpRequest createRequest(URI uri, HttpMethod method, Duration timeout) throws IOException {
		this.lock.lock();
		try {
			this.delegate.setReadTimeout(timeout);
			return this.delegate.createRequest(uri, method);
		}
		finally {
			this.lock.unlock();
		}
	}

	private Duration timeout(@Nullable Attempt attempt) {
		Duration left = (attempt != null) ? attempt.timeLeft() : this.readTimeout;
		return (left.compareTo(this.readTimeout) < 0) ? left : this.readTimeout;
	}

	/**
	 * A request that creates the actual request when it is executed, with the time left.
	 */
	private final class BoundedRequest extends AbstractClientHttpRequest {

		private final URI uri;

		private final HttpMethod method;

		private final ByteArrayOutputStream body = new ByteArrayOutputStream();

		BoundedRequest(URI uri, HttpMethod method) {
			this.uri = uri;
			this.method = method;
		}

		@Override
		public HttpMethod getMethod() {
			return this.method;
		}

		@Override
		public URI getURI() {
			return this.uri;
		}

		@Override
		protected OutputStream getBodyInternal(HttpHeaders headers) {
			return this.body;
		}

		@Override
		protected ClientHttpResponse executeInternal(HttpHeaders headers) throws IOException {
			Attempt attempt = Attempt.of(getAttributes());
			if (attempt != null) {
				attempt.connecting();
			}
			Duration timeout = timeout(attempt);
			if (timeout.toMillis() == 0) {
				throw new HttpTimeoutException("The deadline of the call has passed");
			}
			ClientHttpRequest request = createRequest(this.uri, this.method, timeout);
			request.getHeaders().addAll(headers);
			request.getAttributes().putAll(getAttributes());
			if (this.body.size() > 0 && request instanceof StreamingHttpOutputMessage message) {
				byte[] bytes = this.body.toByteArray();
				request.getHeaders().setContentLength(bytes.length);
				message.setBody((attempt != null) ? attempt.body(bytes) : (stream) -> stream.write(bytes));
			}
			return request.execute();
		}

	}

}
