package io.github.k2connect.token;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link TokenService}.
 */
class TokenServiceTests {

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private static final String TOKEN = """
			{"access_token": "a-token", "token_type": "Bearer", "expires_in": 3600, "created_at": 1792836000}""";

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final TokenService tokens = new TokenService(
			new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl()))).create(),
			new K2Credentials("a client", "s3cr&t=+"), Duration.ofMinutes(1), Clock.systemUTC(), this.observations);

	@Test
	void requestsTokenWithCredentials() {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson(TOKEN)));
		assertThat(this.tokens.requestToken())
			.isEqualTo(new AccessToken("a-token", "Bearer", Duration.ofHours(1), Instant.ofEpochSecond(1792836000)));
		kopoKopo.verify(postRequestedFor(urlEqualTo("/oauth/token"))
			.withHeader("Content-Type", equalTo("application/x-www-form-urlencoded"))
			.withFormParam("client_id", equalTo("a client"))
			.withFormParam("client_secret", equalTo("s3cr&t=+"))
			.withFormParam("grant_type", equalTo("client_credentials")));
	}

	@ParameterizedTest
	@CsvSource({ "1792836000, 2026-10-24T10:00:00Z", "'\"1792836000\"', 2026-10-24T10:00:00Z",
			"'\"2026-10-24T13:00:00+03:00\"', 2026-10-24T10:00:00Z",
			"'\"2026-10-24T10:00:00.123Z\"', 2026-10-24T10:00:00.123Z" })
	void readsCreationInAllNotations(String createdAt, Instant expected) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson(
				"{\"access_token\": \"t\", \"expires_in\": \"3600\", \"created_at\": %s}".formatted(createdAt))));
		assertThat(this.tokens.requestToken().createdAt()).isEqualTo(expected);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"access_token\": \"t\", \"expires_in\": 60}",
			"{\"access_token\": \"t\", \"expires_in\": 60, \"created_at\": null, \"token_type\": null}" })
	void usesDefaultsForMissingProperties(String answer) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson(answer)));
		AccessToken token = this.tokens.requestToken();
		assertThat(token.tokenType()).isEqualTo("Bearer");
		assertThat(token.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"created_at\": \"24/10/2026 13:00\"", "\"created_at\": true", "\"created_at\": 1e400",
			"\"created_at\": {}", "\"token_type\": [\"Bearer\"]", "\"token_type\": {}, \"created_at\": []" })
	void usesDefaultsForUnreadableProperties(String properties) {
		kopoKopo.stubFor(post("/oauth/token")
			.willReturn(okJson("{\"access_token\": \"t\", \"expires_in\": 60, %s}".formatted(properties))));
		AccessToken token = this.tokens.getToken();
		assertThat(token.expiresIn()).isEqualTo(Duration.ofMinutes(1));
		assertThat(token.tokenType()).isEqualTo("Bearer");
		assertThat(token.createdAt()).isBetween(Instant.now().minusSeconds(60), Instant.now());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}", "{\"expires_in\": 3600}", "{\"access_token\": \"\", \"expires_in\": 3600}",
			"{\"access_token\": \"t\", \"expires_in\": \"soon\"}", "<html></html>" })
	void rejectsResponseWithoutTokenAndHidesBody(String answer) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(ok(answer)));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this.tokens::getToken)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
	}

	@ParameterizedTest
	@ValueSource(strings = { "s3cret\\r\\nX-Evil: 1", "s3cret\\n", "s3 cret", "s3cret\u00e9", "s3cret\\u0000" })
	void rejectsTokenThatIsInvalidInHeader(String accessToken) {
		kopoKopo.stubFor(post("/oauth/token")
			.willReturn(okJson("{\"access_token\": \"%s\", \"expires_in\": 3600}".formatted(accessToken))));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this.tokens::getToken)
			.satisfies(TokenServiceTests::assertShowsNoToken);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"soon\"", "1e18", "9223372036854775807", "1e2147483648", "-1e18" })
	void rejectsUnreadableLifetimeAndHidesToken(String expiresIn) {
		kopoKopo.stubFor(post("/oauth/token")
			.willReturn(okJson("{\"access_token\": \"s3cret\", \"expires_in\": %s}".formatted(expiresIn))));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this.tokens::getToken)
			.satisfies(TokenServiceTests::assertShowsNoToken);
	}

	private static void assertShowsNoToken(K2ResponseException failure) {
		StringWriter trace = new StringWriter();
		failure.printStackTrace(new PrintWriter(trace));
		assertThat(trace.toString() + failure.responseBody()).doesNotContain("s3");
	}

	@Test
	void keepsTokenWithoutLifetimeForShortTime() {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson("{\"access_token\": \"t\"}")));
		assertThat(this.tokens.getToken().expiresIn()).isEqualTo(Duration.ofMinutes(5));
		this.tokens.getToken();
		kopoKopo.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void sendsNoInfoRequestForInvalidToken() {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> this.tokens.infoToken("s3cret\r\n"))
			.withMessageNotContaining("s3cret");
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403 })
	void reportsRejectedCredentials(int status) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(aResponse().withStatus(status).withBody("""
				{"error": "invalid_client", "error_description": "Client authentication failed"}""")));
		assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(this.tokens::getToken).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(status);
			assertThat(ex.error()).isEqualTo("invalid_client");
			assertThat(ex.errorDescription()).isEqualTo("Client authentication failed");
			assertThat(ex.toString()).doesNotContain("s3cr");
		});
		kopoKopo.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void reportsServerErrorAsApiException() {
		kopoKopo.stubFor(post("/oauth/token").willReturn(aResponse().withStatus(500).withBody("<html>")));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this.tokens::getToken)
			.isNotInstanceOf(K2AuthenticationException.class)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
	}

	@Test
	void repeatsTokenRequestAfterTransientError() {
		kopoKopo.stubFor(post("/oauth/token").inScenario("outage")
			.willReturn(aResponse().withStatus(503))
			.willSetStateTo("over"));
		kopoKopo
			.stubFor(post("/oauth/token").inScenario("outage").whenScenarioStateIs("over").willReturn(okJson(TOKEN)));
		assertThat(this.tokens.getToken().accessToken()).isEqualTo("a-token");
	}

	@Test
	void requestTokenKeepsCachedToken() {
		kopoKopo.stubFor(post("/oauth/token").inScenario("tokens").willReturn(okJson(TOKEN)).willSetStateTo("second"));
		kopoKopo.stubFor(post("/oauth/token").inScenario("tokens")
			.whenScenarioStateIs("second")
			.willReturn(okJson(TOKEN.replace("a-token", "another"))));
		assertThat(this.tokens.getToken().accessToken()).isEqualTo("a-token");
		assertThat(this.tokens.requestToken().accessToken()).isEqualTo("another");
		assertThat(this.tokens.getToken().accessToken()).isEqualTo("a-token");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{}" })
	void forgetsRevokedToken(String answer) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson(TOKEN)));
		kopoKopo.stubFor(post("/oauth/revoke").willReturn(ok(answer)));
		this.tokens.getToken();
		this.tokens.revokeToken("some other token");
		this.tokens.getToken();
		kopoKopo.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
		this.tokens.revokeToken("a-token");
		this.tokens.getToken();
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/oauth/token")));
		kopoKopo.verify(postRequestedFor(urlEqualTo("/oauth/revoke")).withFormParam("client_id", equalTo("a client"))
			.withFormParam("client_secret", equalTo("s3cr&t=+"))
			.withFormParam("token", equalTo("a-token")));
	}

	@Test
	void introspectsToken() {
		kopoKopo.stubFor(post("/oauth/introspect").willReturn(okJson("""
				{"active": true, "scope": "my_company", "client_id": "a client", "token_type": "Bearer",
				"exp": 1792839600, "iat": "2026-10-24T13:00:00+03:00"}""")));
		TokenIntrospection introspection = this.tokens.introspectToken("t");
		assertThat(introspection).isEqualTo(new TokenIntrospection(true, "my_company", "a client", "Bearer",
				introspection.expiresAt(), introspection.issuedAt()));
		assertThat(introspection.expiresAt()).isEqualTo("2026-10-24T11:00:00Z");
		assertThat(introspection.issuedAt()).isEqualTo("2026-10-24T10:00:00Z");
		kopoKopo.verify(postRequestedFor(urlEqualTo("/oauth/introspect")).withFormParam("token", equalTo("t")));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"active\": false}", "{\"active\": \"false\"}", "{}" })
	void introspectsInactiveToken(String answer) {
		kopoKopo.stubFor(post("/oauth/introspect").willReturn(okJson(answer)));
		assertThat(this.tokens.introspectToken("t"))
			.isEqualTo(new TokenIntrospection(false, null, null, null, null, null));
	}

	@Test
	void requestsInfoWithGivenToken() {
		kopoKopo.stubFor(get("/oauth/token/info").willReturn(okJson("""
				{"resource_owner_id": null, "scope": ["my_company", "payments"], "expires_in": 1200,
				"application": {"uid": "a client"}, "created_at": 1792836000}""")));
		assertThat(this.tokens.infoToken("the-given-one")).isEqualTo(new TokenInfo("my_company payments",
				Duration.ofMinutes(20), null, "a client", null, Instant.parse("2026-10-24T10:00:00Z")));
		kopoKopo.verify(getRequestedFor(urlEqualTo("/oauth/token/info")).withHeader("Authorization",
				equalTo("Bearer the-given-one")));
		kopoKopo.verify(0, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void observesTokenRequestsOnly() {
		kopoKopo.stubFor(post("/oauth/token").willReturn(okJson(TOKEN)));
		this.tokens.getToken();
		this.tokens.getToken();
		assertObserved("issued").doesNotHaveError();
	}

	@ParameterizedTest
	@CsvSource({ "401, refused", "500, failed" })
	void observesFailedRequestAsError(int status, String outcome) {
		kopoKopo.stubFor(post("/oauth/token").willReturn(aResponse().withStatus(status)));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this.tokens::getToken);
		assertObserved(outcome).hasError();
	}

	private TestObservationRegistryAssertReturningObservationContextAssert assertObserved(String outcome) {
		return assertThat(this.observations).hasSingleObservationThat()
			.hasNameEqualTo("k2.token.request")
			.hasBeenStopped()
			.hasOnlyKeys("k2.account", "k2.outcome")
			.hasLowCardinalityKeyValue("k2.account", "default")
			.hasLowCardinalityKeyValue("k2.outcome", outcome);
	}

	@Test
	void redactsSecretsInToString() {
		assertThat(new AccessToken("a-token", "Bearer", Duration.ofHours(1), Instant.EPOCH)).asString()
			.doesNotContain("a-token");
		assertThat(new K2Credentials("a client", "s3cr&t=+")).asString().doesNotContain("s3cr");
	}

}
