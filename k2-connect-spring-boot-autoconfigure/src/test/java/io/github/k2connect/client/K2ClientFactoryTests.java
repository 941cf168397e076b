package io.github.k2connect.client;

import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.json.JsonBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.boot.http.client.JdkClientHttpRequestFactoryBuilder;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundleKey;
import org.springframework.boot.ssl.SslOptions;
import org.springframework.boot.ssl.SslStoreBundle;
import org.springframework.http.converter.json.JacksonJsonHttpMessageConverter;
import org.springframework.web.client.ApiVersionInserter;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.created;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link K2ClientFactory}: settings of the application's own HTTP calls do not
 * make calls to Kopo Kopo unsafe.
 */
class K2ClientFactoryTests {

	private static final String PATH = "/api/v1/incoming_payments";

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	@RegisterExtension
	static final WireMockExtension elsewhere = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private final JsonBody body = new JsonBody().put("till_number", "K000000");

	@BeforeEach
	void startKopoKopo() {
		kopoKopo.stubFor(post(PATH).willReturn(created().withHeader("Location", PATH + "/1")));
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson("{\"access_token\":\"t0ken\"}")));
	}

	private static ApiClient client(RestClient.Builder builder) {
		return client(builder, ClientHttpRequestFactoryBuilder.jdk());
	}

	private static ApiClient client(RestClient.Builder builder,
			JdkClientHttpRequestFactoryBuilder requestFactoryBuilder) {
		return ApiClient.of(new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl())), builder,
				requestFactoryBuilder, HttpClientSettings.defaults(), List.of())
			.create());
	}

	@Test
	void createsHttpClientWithFirstRequest() {
		AtomicInteger created = new AtomicInteger();
		ApiClient client = client(RestClient.builder(),
				ClientHttpRequestFactoryBuilder.jdk().withHttpClientCustomizer((http) -> created.incrementAndGet()));
		assertThat(created).hasValue(0);
		client.create("incoming_payments", this.body);
		client.create("incoming_payments", this.body);
		assertThat(created).hasValue(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "javax.net.ssl.trustStore", "javax.net.ssl.keyStore" })
	void createsHttpClientAtOnceWithCertificatesInSystemProperties(String property) {
		AtomicInteger created = new AtomicInteger();
		System.setProperty(property, Path.of(System.getProperty("java.home"), "lib/security/cacerts").toString());
		try {
			client(RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk()
				.withHttpClientCustomizer((http) -> created.incrementAndGet()));
		}
		finally {
			System.clearProperty(property);
		}
		assertThat(created).hasValue(1);
	}

	@Test
	void ignoresLaterChangesOfBuilder() {
		RestClient.Builder builder = RestClient.builder();
		ApiClient client = client(builder);
		builder.defaultHeader("X-Late", "too late");
		client.create("incoming_payments", this.body);
		kopoKopo.verify(postRequestedFor(urlEqualTo(PATH)).withHeader("X-Late", absent()));
	}

	@Test
	void failsAtOnceWithInvalidSslBundle() {
		HttpClientSettings httpSettings = HttpClientSettings
			.ofSslBundle(SslBundle.of(SslStoreBundle.NONE, SslBundleKey.NONE, SslOptions.NONE, "nonsense"));
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX),
				RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk(), httpSettings, List.of());
		assertThatIllegalStateException().isThrownBy(clients::create).withMessageContaining("SSL");
	}

	@Test
	void usesProxyOfSystemProperties() throws Exception {
		try (SocketServer proxy = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n");
		})) {
			System.setProperty("https.proxyHost", proxy.address().getHostString());
			System.setProperty("https.proxyPort", String.valueOf(proxy.address().getPort()));
			ApiClient client = ApiClient
				.of(new K2ClientFactory(K2ClientSettings.of(URI.create("https://kopokopo.invalid"))).create());
			assertThatExceptionOfType(K2ConnectionException.class)
				.isThrownBy(() -> client.create("incoming_payments", this.body));
			assertThat(proxy.requests()).isNotEmpty()
				.allMatch((request) -> request.startsWith("CONNECT kopokopo.invalid:443 "));
		}
		finally {
			System.clearProperty("https.proxyHost");
			System.clearProperty("https.proxyPort");
		}
	}

	@Test
	void failsAtOnceWithFailingCustomizer() {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX),
				RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk(), HttpClientSettings.defaults(),
				List.of((builder) -> {
					throw new IllegalStateException("Wrong proxy");
				}));
		assertThatIllegalStateException().isThrownBy(clients::create).withMessage("Wrong proxy");
	}

	@Test
	void overridesRedirectsOfHttpClient() {
		kopoKopo
			.stubFor(post(PATH).willReturn(aResponse().withStatus(307).withHeader("Location", elsewhere.url("/a/1"))));
		ApiClient client = client(RestClient.builder(), ClientHttpRequestFactoryBuilder.jdk()
			.withHttpClientCustomizer((http) -> http.followRedirects(Redirect.ALWAYS)));
		assertThatExceptionOfType(K2ResponseException.class)
			.isThrownBy(() -> client.create("incoming_payments", this.body));
		assertThat(elsewhere.getAllServeEvents()).isEmpty();
	}

	@Test
	void ignoresConverterOfApplicationForBody() {
		ApiClient client = client(RestClient.builder()
			.configureMessageConverters((converters) -> converters.disableDefaults()
				.withJsonConverter(new JacksonJsonHttpMessageConverter())));
		client.create("incoming_payments", this.body);
		client.postForm("/oauth/token", Map.of("client_id", "client"), (json) -> json);
		kopoKopo.verify(postRequestedFor(urlEqualTo(PATH)).withRequestBody(equalTo("{\"till_number\":\"K000000\"}")));
		kopoKopo.verify(postRequestedFor(urlEqualTo("/oauth/token")).withRequestBody(equalTo("client_id=client")));
	}

	@Test
	void doesNotSendApiVersionOfApplication() {
		ApiClient client = client(RestClient.builder()
			.apiVersionInserter(ApiVersionInserter.useHeader("X-Version"))
			.defaultApiVersion("7"));
		client.create("incoming_payments", this.body);
		kopoKopo.verify(postRequestedFor(urlEqualTo(PATH)).withHeader("X-Version", absent()));
	}

}
