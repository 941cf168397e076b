package io.github.k2connect.client;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ProxySelector;
import java.net.Socket;
import java.net.URI;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.json.JsonBody;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for failed requests: whether they may have taken effect.
 */
class OutcomeUnknownTests {

	private static final String LOCATION = "/api/v1/payments/1";

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort().dynamicHttpsPort())
		.build();

	private static K2ClientSettings settings(URI baseUrl) {
		return settings(baseUrl, Duration.ofSeconds(20), Duration.ofSeconds(30));
	}

	private static K2ClientSettings impatient(URI baseUrl) {
		return settings(baseUrl, Duration.ofSeconds(2), Duration.ofSeconds(3));
	}

	private static K2ClientSettings settings(URI baseUrl, Duration timeout, Duration callTimeout) {
		return new K2ClientSettings(baseUrl, ApiVersion.V1, null, timeout, timeout, callTimeout, 2);
	}

	private static K2ClientFactory factory(K2ClientSettings settings,
			UnaryOperator<JdkClientHttpRequestFactoryBuilder> http, RestClient.Builder builder,
			K2RestClientCustomizer... customizers) {
		return new K2ClientFactory(settings, builder, http.apply(ClientHttpRequestFactoryBuilder.jdk()),
				HttpClientSettings.defaults(), List.of(customizers));
	}

	private static ApiClient client(K2ClientSettings settings, UnaryOperator<JdkClientHttpRequestFactoryBuilder> http) {
		return ApiClient.of(factory(settings, http, RestClient.builder()).create());
	}

	private static ApiClient client(URI baseUrl, UnaryOperator<JdkClientHttpRequestFactoryBuilder> http) {
		return client(settings(baseUrl), http);
	}

	private static ApiClient client(K2RestClientCustomizer... customizers) {
		return ApiClient
			.of(factory(settings(http()), UnaryOperator.identity(), RestClient.builder(), customizers).create());
	}

	private static URI http() {
		return URI.create("http://localhost:" + kopoKopo.getPort());
	}

	private static URI https() {
		return URI.create("https://localhost:" + kopoKopo.getHttpsPort());
	}

	private static JdkClientHttpRequestFactoryBuilder trusting(JdkClientHttpRequestFactoryBuilder http) {
		return http.withHttpClientCustomizer((client) -> client.sslContext(TrustAll.context()));
	}

	private static URI pay(ApiClient client) {
		return client.create("payments", new JsonBody().put("description", "Salaries")).uri();
	}

	private static void assertNothingSent(ApiClient client) {
		assertThat(catchThrowableOfType(K2Exception.class, () -> pay(client)))
			.isInstanceOfSatisfying(K2ConnectionException.class, (ex) -> assertThat(ex.outcomeUnknown()).isFalse());
	}

	private static void assertMaybeSent(ApiClient client) {
		assertThat(catchThrowableOfType(RuntimeException.class, () -> pay(client)))
			.isInstanceOfSatisfying(K2ConnectionException.class, (ex) -> assertThat(ex.outcomeUnknown()).isTrue());
	}

	@Test
	void sendsNothingToUntrustedServer() {
		assertNothingSent(client(https(), UnaryOperator.identity()));
		kopoKopo.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void sendsNothingIfHttpClientCannotBeCreated() {
		assertNothingSent(client(http(), (http) -> http.withHttpClientCustomizer((client) -> {
			throw new UncheckedIOException(new IOException("Too many open files"));
		})));
		kopoKopo.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void createsHttpClientAfterFailure() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(created().withHeader("Location", LOCATION)));
		AtomicInteger creations = new AtomicInteger();
		ApiClient client = client(http(), (http) -> http.withHttpClientCustomizer((settings) -> {
			if (creations.incrementAndGet() == 1) {
				throw new UncheckedIOException(new IOException("Too many open files"));
			}
		}));
		assertThat(pay(client)).hasPath(LOCATION);
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void usesHttp11OverTls() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(created().withHeader("Location", LOCATION)));
		assertThat(pay(client(https(), OutcomeUnknownTests::trusting))).hasPath(LOCATION);
		assertThat(kopoKopo.findAll(postRequestedFor(anyUrl()))).singleElement()
			.extracting(LoggedRequest::getProtocol)
			.isEqualTo("HTTP/1.1");
	}

	@Test
	void outcomeIsUnknownAfterLostTlsConnection() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
		assertMaybeSent(client(https(), OutcomeUnknownTests::trusting));
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void sendsNothingIfHandshakeIsCutOff() throws Exception {
		try (SocketServer server = new SocketServer(SocketServer.Connection::readByte)) {
			assertNothingSent(client(server.url("https"), OutcomeUnknownTests::trusting));
			assertThat(server.connections()).isGreaterThanOrEqualTo(2);
		}
	}

	@Test
	void sendsNothingIfHandshakeTimesOut() throws Exception {
		try (SocketServer server = new SocketServer(SocketServer.Connection::beSilent)) {
			assertNothingSent(client(impatient(server.url("https")), OutcomeUnknownTests::trusting));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\n\r\n",
			"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n", "" })
	void sendsNothingIfProxyRejectsTunnel(String answer) throws Exception {
		try (SocketServer proxy = new SocketServer((connection) -> {
			connection.read();
			connection.write(answer);
		})) {
			assertNothingSent(client(https(), (http) -> http
				.withHttpClientCustomizer((client) -> client.proxy(ProxySelector.of(proxy.address())))));
			assertThat(proxy.requests()).isNotEmpty().allMatch((request) -> request.startsWith("CONNECT "));
		}
	}

	@Test
	void sendsNothingIfProxyTimesOut() throws Exception {
		try (SocketServer proxy = new SocketServer(SocketServer.Connection::beSilent)) {
			assertNothingSent(client(impatient(https()), (http) -> http
				.withHttpClientCustomizer((client) -> client.proxy(ProxySelector.of(proxy.address())))));
		}
	}

	@Test
	void deadConnectionFailsOnlyOnePayment() throws Exception {
		try (SocketServer server = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 201 Created\r\nLocation: " + LOCATION + "\r\nContent-Length: 0\r\n\r\n");
			connection.beSilent();
		})) {
			ApiClient client = client(impatient(server.url("http")), UnaryOperator.identity());
			assertThat(pay(client)).hasPath(LOCATION);
			assertMaybeSent(client);
			assertThat(pay(client)).hasPath(LOCATION);
			assertThat(server.connections()).isEqualTo(2);
			assertThat(server.wholeRequests()).noneMatch((request) -> request.contains("Upgrade"));
		}
	}

	@Test
	void closesIdleConnectionsEarly() {
		client();
		assertThat(System.getProperty("jdk.httpclient.keepalive.timeout")).isEqualTo("30");
	}

	@ParameterizedTest
	@CsvSource({ "Content-Length: 10, abc", "Transfer-Encoding: chunked, '5\r\nab'",
			"Transfer-Encoding: chunked, 'none\r\n'", "'Content-Encoding: gzip\r\nContent-Length: 3', abc" })
	void acceptsLocationIfBodyIsUnreadable(String headers, String body) throws Exception {
		CountDownLatch received = new CountDownLatch(1);
		K2RestClientCustomizer receiving = (builder) -> builder.requestInterceptor((request, content, execution) -> {
			ClientHttpResponse response = execution.execute(request, content);
			received.countDown();
			return response;
		});
		try (SocketServer server = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 201 Created\r\nLocation: " + LOCATION + "\r\n" + headers + "\r\n\r\n");
			assertThat(received.await(10, TimeUnit.SECONDS)).isTrue();
			connection.write(body);
		})) {
			UnaryOperator<JdkClientHttpRequestFactoryBuilder> compressing = (http) -> http
				.withCustomizer((factory) -> factory.enableCompression(true));
			ApiClient client = ApiClient
				.of(factory(settings(server.url("http")), compressing, RestClient.builder(), receiving).create());
			assertThat(pay(client)).hasPath(LOCATION);
		}
	}

	@Test
	void outcomeIsUnknownIfInterceptorFailsAfterRequest() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(created().withHeader("Location", LOCATION)));
		assertMaybeSent(client((builder) -> builder.requestInterceptor((request, body, execution) -> {
			execution.execute(request, body);
			throw new IllegalStateException("The audit log is full");
		})));
	}

	@Test
	void rethrowsFailureOfInterceptorBeforeRequest() {
		ApiClient client = client((builder) -> builder.requestInterceptor((request, body, execution) -> {
			throw new IllegalStateException("The vault is sealed");
		}));
		assertThatIllegalStateException().isThrownBy(() -> pay(client)).withMessage("The vault is sealed");
		kopoKopo.verify(0, postRequestedFor(anyUrl()));
	}

	@Test
	void rethrowsFailureOfInterceptorAfterRejection() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(422)));
		ApiClient client = client((builder) -> builder.requestInterceptor((request, body, execution) -> {
			execution.execute(request, body);
			throw new IllegalStateException("The audit log is full");
		}));
		assertThatIllegalStateException().isThrownBy(() -> pay(client));
	}

	@Test
	void outcomeIsUnknownIfInterceptorRepeatsSentRequest() {
		kopoKopo.stubFor(post(anyUrl()).inScenario("repeated")
			.willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE))
			.willSetStateTo("again"));
		kopoKopo.stubFor(post(anyUrl()).inScenario("repeated")
			.whenScenarioStateIs("again")
			.willReturn(aResponse().withStatus(401)));
		assertMaybeSent(client((builder) -> builder.requestInterceptor((request, body, execution) -> {
			try {
				return execution.execute(request, body);
			}
			catch (Exception ex) {
				execution.execute(request, body);
				throw new IllegalStateException("Refused", ex);
			}
		})));
	}

	@Test
	void outcomeIsUnknownIfObservationFails() {
		kopoKopo.stubFor(post(anyUrl()).willReturn(created().withHeader("Location", LOCATION)));
		ObservationRegistry observations = ObservationRegistry.create();
		observations.observationConfig().observationHandler(new FailingHandler());
		RestClient.Builder builder = RestClient.builder().observationRegistry(observations);
		assertMaybeSent(ApiClient.of(factory(settings(http()), UnaryOperator.identity(), builder).create()));
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void outcomeIsUnknownIfCustomHttpClientFails() {
		assertMaybeSent(client((builder) -> builder.requestFactory((uri, method) -> {
			throw new IllegalStateException("The pool is closed");
		})));
	}

	@Test
	void rethrowsFailureOfInterceptorAfterFetch() {
		kopoKopo.stubFor(WireMock.get(anyUrl()).willReturn(WireMock.okJson("{}")));
		ApiClient client = client((builder) -> builder.requestInterceptor((request, body, execution) -> {
			execution.execute(request, body);
			throw new IllegalStateException("The audit log is full");
		}));
		assertThatIllegalStateException()
			.isThrownBy(() -> client.fetch(client.location("incoming_payments", LOCATION), (json) -> json));
	}

	@Test
	void outcomeIsUnknownAfterInvalidHttpResponse() throws Exception {
		try (SocketServer server = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 two hundred\r\nBad header\r\n\r\n");
		})) {
			ApiClient client = client(server.url("http"), UnaryOperator.identity());
			assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> pay(client))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		}
	}

	private static final class FailingHandler implements ObservationHandler<Observation.Context> {

		@Override
		public void onStop(Observation.Context context) {
			throw new IllegalStateException("The exporter is closed");
		}

		@Override
		public boolean supportsContext(Observation.Context context) {
			return true;
		}

	}

	/**
	 * Trusts every certificate.
	 */
	private static final class TrustAll extends X509ExtendedTrustManager {

		static SSLContext context() {
			try {
				SSLContext context = SSLContext.getInstance("TLS");
				context.init(null, new TrustManager[] { new TrustAll() }, null);
				return context;
			}
			catch (Exception ex) {
				throw new IllegalStateException(ex);
			}
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine) {
		}

		@Override
		public void checkClientTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public void checkServerTrusted(X509Certificate[] chain, String authType) {
		}

		@Override
		public X509Certificate[] getAcceptedIssuers() {
			return new X509Certificate[0];
		}

	}

}
