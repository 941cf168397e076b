package io.github.k2connect.client;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Violation;
import io.github.k2connect.json.JsonBody;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matching;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

/**
 * Tests for {@link ApiClient}: requests that create a resource.
 */
class ApiClientCreateTests {

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	@RegisterExtension
	static final WireMockExtension elsewhere = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private static final String PHONE_NUMBER = "+254712345678";

	private static final Duration PATIENT = Duration.ofSeconds(10);

	private static final Duration IMPATIENT = Duration.ofMillis(500);

	private final ApiClient client = client(URI.create(kopoKopo.baseUrl()), PATIENT);

	private static ApiClient client(URI baseUrl, Duration readTimeout) {
		return ApiClient.of(new K2ClientFactory(new K2ClientSettings(baseUrl, ApiVersion.V1, null,
				Duration.ofSeconds(5), readTimeout, Duration.ofSeconds(45), 3))
			.create());
	}

	private final JsonBody body = new JsonBody().put("phone_number", PHONE_NUMBER);

	private static ResponseDefinitionBuilder created(String location) {
		return aResponse().withStatus(201).withHeader("location", location);
	}

	private void kopoKopoAnswers(ResponseDefinitionBuilder answer) {
		kopoKopo.stubFor(post(anyUrl()).willReturn(answer));
	}

	private K2Location create() {
		return this.client.create("incoming_payments", this.body);
	}

	private K2Location createImpatiently() {
		return client(URI.create(kopoKopo.baseUrl()), IMPATIENT).create("incoming_payments", this.body);
	}

	@Test
	void sendsJsonWithUserAgent() {
		kopoKopoAnswers(created("/api/v1/incoming_payments/1"));
		this.client.create("incoming_payments",
				new JsonBody().put("left_out", (String) null)
					.put("empty", new JsonBody())
					.amount("KES", new BigDecimal("1E+3"))
					.metadata(Map.of())
					.callbackUrl(URI.create("https://shop.example/k2/webhooks")));
		kopoKopo.verify(postRequestedFor(urlEqualTo("/api/v1/incoming_payments"))
			.withHeader("Content-Type", equalTo("application/json"))
			.withHeader("Accept", equalTo("application/json"))
			.withHeader("User-Agent", matching("k2-connect-spring-boot/.+"))
			.withRequestBody(equalTo("{\"amount\":{\"currency\":\"KES\",\"value\":1000},"
					+ "\"_links\":{\"callback_url\":\"https://shop.example/k2/webhooks\"}}")));
	}

	@Test
	void usesVersionOfService() {
		kopoKopoAnswers(created("/api/v2/reversals/1"));
		this.client.withVersion(ApiVersion.V2).create("reversals", this.body);
		kopoKopo.verify(postRequestedFor(urlEqualTo("/api/v2/reversals")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/incoming_payments/1", "incoming_payments/1", "%s/incoming_payments/1",
			"%s/api/v1/incoming_payments/1" })
	void returnsAbsoluteLocation(String location) {
		kopoKopoAnswers(created(location.formatted(kopoKopo.baseUrl())));
		assertThat(create()).isEqualTo(K2Location.of(kopoKopo.baseUrl() + "/api/v1/incoming_payments/1"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "  ", "https://evil.example/api/v1/incoming_payments/1", "//evil.example/a/1",
			"not a location", "/" })
	void outcomeIsUnknownIfLocationIsInvalid(String location) {
		kopoKopoAnswers(created(location).withBody("done"));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(201);
			assertThat(ex.responseBody()).isEqualTo("done");
			assertThat(ex.outcomeUnknown()).isTrue();
		});
	}

	@Test
	void rejectsSuccessWithoutLocation() {
		kopoKopoAnswers(aResponse().withStatus(201));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this::create)
			.withMessage(
					"Kopo Kopo responded with status 201 to POST /api/v1/incoming_payments: it has no Location header");
	}

	@ParameterizedTest
	@ValueSource(ints = { 301, 302, 303, 307, 308 })
	void doesNotFollowRedirect(int status) {
		kopoKopoAnswers(aResponse().withStatus(status).withHeader("Location", elsewhere.baseUrl() + "/a/1"));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(status);
			assertThat(ex.outcomeUnknown()).isTrue();
		});
		assertThat(elsewhere.getAllServeEvents()).isEmpty();
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void outcomeIsUnknownAfterLostConnection(Fault fault) {
		kopoKopoAnswers(aResponse().withFault(fault));
		RuntimeException failure = catchThrowableOfType(RuntimeException.class, this::create);
		assertThat(failure).isInstanceOfSatisfying(K2ConnectionException.class,
				(ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void outcomeIsUnknownAfterReadTimeout() {
		kopoKopoAnswers(created("/api/v1/incoming_payments/1").withFixedDelay(20_000));
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::createImpatiently)
			.withMessage("No response from Kopo Kopo to POST /api/v1/incoming_payments")
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void outcomeIsUnknownAfterEndlessBody() {
		kopoKopoAnswers(aResponse().withStatus(201).withBody("x".repeat(1000)).withChunkedDribbleDelay(10, 10_000));
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::createImpatiently)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 408, 409, 422, 429, 500, 502, 503, 504 })
	void doesNotRepeatRequestThatArrived(int status) {
		kopoKopoAnswers(aResponse().withStatus(status).withHeader("Retry-After", "0"));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(status);
			assertThat(ex.outcomeUnknown()).isEqualTo(status >= 500 || status == 408 || status == 409);
		});
		kopoKopo.verify(1, postRequestedFor(anyUrl()));
	}

	@Test
	void outcomeIsKnownIfNothingWasSent() {
		ApiClient client = client(URI.create("http://localhost:1"), PATIENT);
		assertThatExceptionOfType(K2ConnectionException.class)
			.isThrownBy(() -> client.create("incoming_payments", this.body))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
	}

	@Test
	void keepsErrorOutOfMessage() {
		kopoKopoAnswers(aResponse().withStatus(400).withBody("""
				{"error_code": 400.1, "error_message": ["phone_number +254712345678 is invalid", "amount too small"]}
				"""));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.errorCode()).isEqualTo("400.1");
			assertThat(ex.errorMessage()).isEqualTo("phone_number +254712345678 is invalid; amount too small");
			assertThat(ex.responseBody()).contains("amount too small");
			assertThat(ex.toString()).contains("400", "POST /api/v1/incoming_payments").doesNotContain(PHONE_NUMBER);
			assertThat(ex.outcomeUnknown()).isFalse();
		});
	}

	@Test
	void joinsErrorsOfPropertiesToSentences() {
		kopoKopoAnswers(aResponse().withStatus(422)
			.withBody("{\"error_message\": {\"amount\": [\"is too small\", \"is missing\"]}}"));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::create)
			.satisfies((ex) -> assertThat(ex.errorMessage()).isEqualTo("amount is too small; amount is missing"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "<html><body>502 Bad Gateway</body></html>", "{\"error_message\":", "[]", "null",
			"{\"error_code\":null,\"error_message\":1e2147483648}", "{\"error_code\":null,\"error_message\":{}}" })
	void reportsErrorWithUnreadableBody(String body) {
		kopoKopoAnswers(aResponse().withStatus(403).withBody(body));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(403);
			assertThat(ex.errorCode()).isNull();
			assertThat(ex.errorMessage()).isNull();
			assertThat(ex.responseBody()).isEqualTo(body);
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "html", "text/html; charset=none", "application/json; charset=", "*" })
	void reportsErrorWithInvalidContentType(String contentType) {
		kopoKopoAnswers(aResponse().withStatus(502)
			.withHeader("Content-Type", contentType)
			.withBody("{\"error_code\": \"7\"}"));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.errorCode()).isEqualTo("7");
			assertThat(ex.outcomeUnknown()).isTrue();
		});
	}

	@Test
	void reportsRejectedTokenAsAuthenticationException() {
		kopoKopoAnswers(aResponse().withStatus(401).withBody("""
				{"error": "invalid_token", "error_description": "The access token was revoked"}"""));
		assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.error()).isEqualTo("invalid_token");
			assertThat(ex.errorDescription()).isEqualTo("The access token was revoked");
			assertThat(ex.errorCode()).isNull();
		});
	}

	@Test
	void requiresCallbackUrlIfThereIsNoDefault() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> this.client.callbackUrl(null))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.singleElement()
				.asString()
				.startsWith("callbackUrl is required"));
	}

}
