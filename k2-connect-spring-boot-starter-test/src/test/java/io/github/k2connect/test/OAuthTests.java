package io.github.k2connect.test;

import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/**
 * Tests for the OAuth calls and the check of access tokens.
 */
class OAuthTests {

	private static final String ANY_RESOURCE = "/api/v1/incoming_payments/7f0b9c5e-3f0e-4a52-a9a5-0d5a5bb1a3e1";

	private K2Simulator simulator;

	private ApiCaller caller;

	@BeforeEach
	void start() {
		this.simulator = K2Simulator.start();
		this.caller = new ApiCaller(this.simulator);
	}

	@AfterEach
	void stop() {
		this.simulator.close();
	}

	@Test
	void issuesTokenForCredentials() {
		ApiCaller.Answer answer = this.caller.form("/oauth/token",
				this.caller.credentials(Map.of("grant_type", "client_credentials")));
		assertThat(answer.status()).isEqualTo(200);
		assertThat(answer.json().path("access_token").asString()).isNotBlank();
		assertThat(answer.json().path("token_type").asString()).isEqualTo("Bearer");
		assertThat(answer.json().path("expires_in").asInt()).isEqualTo(3600);
		OffsetDateTime createdAt = OffsetDateTime.parse(answer.json().path("created_at").asString());
		assertThat(createdAt.getOffset()).hasToString("+03:00");
		assertThat(createdAt.toInstant()).isCloseTo(Instant.now(), within(Duration.ofSeconds(10)));
	}

	@Test
	void rejectsWrongOrMissingCredentials() {
		Map<String, String> wrongSecret = Map.of("client_id", this.simulator.clientId(), "client_secret", "wrong",
				"grant_type", "client_credentials");
		assertOAuthError(this.caller.form("/oauth/token", wrongSecret), "invalid_client");
		assertOAuthError(this.caller.form("/oauth/token", Map.of("grant_type", "client_credentials")),
				"invalid_client");
	}

	@Test
	void rejectsOtherGrantTypes() {
		assertOAuthError(this.caller.form("/oauth/token", this.caller.credentials(Map.of("grant_type", "password"))),
				"unsupported_grant_type");
		assertOAuthError(this.caller.form("/oauth/token", this.caller.credentials(Map.of())), "unsupported_grant_type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/json; charset=utf-8" })
	void acceptsJsonBodyInEveryCall(String contentType) {
		ApiCaller.Answer issued = postJson("/oauth/token", contentType, Map.of("grant_type", "client_credentials"));
		assertThat(issued.status()).isEqualTo(200);
		Map<String, String> token = Map.of("token", issued.json().path("access_token").asString());
		assertThat(postJson("/oauth/introspect", contentType, token).json().path("active").asBoolean()).isTrue();
		assertThat(postJson("/oauth/revoke", contentType, token).status()).isEqualTo(200);
		assertThat(postJson("/oauth/introspect", contentType, token).json().path("active").asBoolean()).isFalse();
	}

	@Test
	void validatesJsonBodyLikeForm() {
		assertOAuthError(this.caller.postOAuth("/oauth/token", "application/json", """
				{"client_id": ["%s"], "client_secret": null, "grant_type": "client_credentials"}
				""".formatted(this.simulator.clientId())), "invalid_client");
		assertOAuthError(postJson("/oauth/token", "application/json", Map.of("grant_type", "password")),
				"unsupported_grant_type");
	}

	@ParameterizedTest
	@ValueSource(strings = { "client_id=%zz&client_secret", "=&=&", "client_id=%", "&&&" })
	void rejectsUnreadableForm(String body) {
		assertOAuthError(this.caller.postOAuth("/oauth/token", "application/x-www-form-urlencoded", body),
				"invalid_client");
	}

	@Test
	void decodesForm() {
		try (K2Simulator other = K2Simulator.builder().clientId("a b&c").clientSecret("ü+%=").start()) {
			assertThat(new ApiCaller(other).authenticate().token()).isNotEmpty();
		}
	}

	private ApiCaller.Answer postJson(String path, String contentType, Map<String, String> fields) {
		return this.caller.postOAuth(path, contentType,
				Json.MAPPER.writeValueAsString(this.caller.credentials(fields)));
	}

	@Test
	void countsTokenRequests() {
		this.caller.authenticate();
		this.caller.form("/oauth/token", Map.of());
		assertThat(this.simulator.tokenRequests()).isEqualTo(2);
	}

	@Test
	void rejectsCallWithoutToken() {
		assertUnauthorized(this.caller.get(ANY_RESOURCE));
		assertUnauthorized(this.caller.post("/api/v1/incoming_payments", Map.of()));
		assertUnauthorized(this.caller.get("/api/v1/nothing/here"));
	}

	@Test
	void rejectsUnknownToken() {
		assertUnauthorized(this.caller.token("made-up").get(ANY_RESOURCE));
	}

	@Test
	void rejectsExpiredToken() {
		try (K2Simulator forgetful = K2Simulator.builder().tokenLifetime(Duration.ofMillis(300)).start()) {
			ApiCaller patient = new ApiCaller(forgetful).authenticate();
			assertThat(patient.get(ANY_RESOURCE).status()).isEqualTo(404);
			await().untilAsserted(() -> assertThat(patient.get(ANY_RESOURCE).status()).isEqualTo(401));
		}
	}

	@Test
	void rejectsRevokedTokensUntilNewOneIsIssued() {
		this.caller.authenticate();
		assertThat(this.caller.get(ANY_RESOURCE).status()).isEqualTo(404);
		this.simulator.revokeTokens();
		assertUnauthorized(this.caller.get(ANY_RESOURCE));
		assertThat(this.caller.authenticate().get(ANY_RESOURCE).status()).isEqualTo(404);
	}

	@Test
	void rejectsRevokedToken() {
		this.caller.authenticate();
		ApiCaller.Answer answer = this.caller.form("/oauth/revoke",
				this.caller.credentials(Map.of("token", this.caller.token())));
		assertThat(answer.status()).isEqualTo(200);
		assertUnauthorized(this.caller.get(ANY_RESOURCE));
	}

	@Test
	void requiresCredentialsForRevocationAndIntrospection() {
		assertOAuthError(this.caller.form("/oauth/revoke", Map.of("token", "any")), "invalid_client");
		assertOAuthError(this.caller.form("/oauth/introspect", Map.of("token", "any")), "invalid_client");
	}

	@Test
	void introspectsActiveToken() {
		this.caller.authenticate();
		JsonNode introspection = introspect(this.caller.token());
		assertThat(introspection.path("active").asBoolean()).isTrue();
		assertThat(introspection.path("client_id").asString()).isEqualTo(this.simulator.clientId());
		assertThat(introspection.path("token_type").asString()).isEqualTo("Bearer");
		assertThat(introspection.path("scope").isString()).isTrue();
		OffsetDateTime issuedAt = OffsetDateTime.parse(introspection.path("iat").asString());
		assertThat(OffsetDateTime.parse(introspection.path("exp").asString())).isEqualTo(issuedAt.plusHours(1));
	}

	@Test
	void introspectsUnknownTokenAsInactive() {
		assertThat(introspect("made-up")).isEqualTo(Bodies.of("{\"active\":false}"));
	}

	@Test
	void describesTokenToItsBearer() {
		JsonNode info = this.caller.authenticate().get("/oauth/token/info").json();
		assertThat(info.path("resource_owner_id").isNull()).isTrue();
		assertThat(info.path("scope").isArray()).isTrue();
		assertThat(info.path("expires_in").asInt()).isBetween(3500, 3600);
		assertThat(info.at("/application/uid").asString()).isEqualTo(this.simulator.clientId());
		assertThat(info.path("created_at").isIntegralNumber()).isTrue();
	}

	@Test
	void rejectsUnknownTokenAtInfo() {
		assertOAuthError(this.caller.token("made-up").get("/oauth/token/info"), "invalid_token");
	}

	private JsonNode introspect(String token) {
		return this.caller.form("/oauth/introspect", this.caller.credentials(Map.of("token", token))).json();
	}

	private static void assertOAuthError(ApiCaller.Answer answer, String error) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.json().path("error").asString()).isEqualTo(error);
		assertThat(answer.json().path("error_description").asString()).isNotBlank();
	}

	private static void assertUnauthorized(ApiCaller.Answer answer) {
		assertThat(answer.status()).isEqualTo(401);
		assertThat(answer.json().path("error_code").asString()).isEqualTo("401");
		assertThat(answer.json().path("error_message").asString()).contains("access token");
	}

}
