package io.github.k2connect.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2RequestNotSentException;
import io.github.k2connect.json.JsonBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.HttpStatus;
import org.springframework.http.StreamingHttpOutputMessage.Body;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for failures of connections: whether the request may have arrived.
 */
class ConnectionAttemptTests {

	private final AtomicInteger attempts = new AtomicInteger();

	private ApiClient failingOnceWith(IOException failure) {
		K2RestClientCustomizer failing = (builder) -> builder.requestInterceptor((request, body, execution) -> {
			if (this.attempts.incrementAndGet() == 1) {
				throw failure;
			}
			MockClientHttpResponse response = new MockClientHttpResponse(new byte[0], HttpStatus.CREATED);
			response.getHeaders().setLocation(URI.create("/api/v1/incoming_payments/1"));
			return response;
		});
		return ApiClient.of(new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX), RestClient.builder(),
				ClientHttpRequestFactoryBuilder.jdk(), HttpClientSettings.defaults(), List.of(failing))
			.create());
	}

	static Stream<IOException> neverConnected() {
		return Stream.of(new ConnectException("refused"), new NoRouteToHostException(),
				new UnknownHostException("host"), new HttpConnectTimeoutException("timeout"),
				new IOException(new ConnectException()),
				(IOException) new ConnectException().initCause(new UnresolvedAddressException()));
	}

	@ParameterizedTest
	@MethodSource("neverConnected")
	void repeatsRequestThatWasNotSent(IOException failure) {
		assertThat(failingOnceWith(failure).create("incoming_payments", new JsonBody()).uri())
			.hasPath("/api/v1/incoming_payments/1");
		assertThat(this.attempts).hasValue(2);
	}

	static Stream<IOException> maybeSent() {
		return Stream.of(new SocketException("Connection reset"), new SocketException("Broken pipe"),
				new SocketTimeoutException("Read timed out"), new HttpTimeoutException("timeout"),
				new IOException("HTTP/1.1 header parser received no bytes"), new IOException());
	}

	@ParameterizedTest
	@MethodSource("maybeSent")
	void doesNotRepeatRequestThatMayHaveArrived(IOException failure) {
		ApiClient client = failingOnceWith(failure);
		assertThatExceptionOfType(K2ConnectionException.class)
			.isThrownBy(() -> client.create("incoming_payments", new JsonBody()))
			.withCause(failure)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertThat(this.attempts).hasValue(1);
	}

	/**
	 * An interceptor of the application repeats a request that was sent.
	 */
	@Test
	void doesNotRepeatRequestThatMustNotBeSentAnyMore() throws IOException {
		AtomicInteger checks = new AtomicInteger();
		Attempt attempt = new Attempt(new ApiCall("POST /any", ApiCall.Kind.CREATE),
				Deadline.after(Duration.ofSeconds(10)), () -> {
					if (checks.incrementAndGet() > 1) {
						throw new K2RequestNotSentException("of the test", null);
					}
				});
		Body body = attempt.body(new byte[] { 1 });
		ByteArrayOutputStream sent = new ByteArrayOutputStream();
		attempt.connecting();
		body.writeTo(sent);
		attempt.connecting();
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> body.writeTo(sent));
		assertThat(sent.size()).isOne();
	}

}
