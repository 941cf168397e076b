package io.github.k2connect.token;

import java.net.URI;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.json.JsonBody;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.anyUrl;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathMatching;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link BearerTokenInterceptor}.
 */
class BearerTokenInterceptorTests {

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private final K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(URI.create(kopoKopo.baseUrl())));

	private final ApiClient client = ApiClient.of(this.clients.create(new BearerTokenInterceptor(
			new TokenService(this.clients.create(), new K2Credentials("client", "secret")))));

	@BeforeEach
	void issueTokens() {
		issue(Scenario.STARTED, "first", "issued first");
		issue("issued first", "second", "issued second");
		issue("issued second", "third", "issued third");
	}

	private static void issue(String state, String token, String next) {
		kopoKopo.stubFor(post("/oauth/token").inScenario("tokens")
			.whenScenarioStateIs(state)
			.willReturn(okJson("{\"access_token\": \"%s\", \"expires_in\": 3600}".formatted(token)))
			.willSetStateTo(next));
	}

	private static void kopoKopoAnswers(String token, ResponseDefinitionBuilder answer) {
		kopoKopo.stubFor(post(urlPathMatching("/api/.*")).withHeader("Authorization", equalTo("Bearer " + token))
			.willReturn(answer));
	}

	private static ResponseDefinitionBuilder created() {
		return aResponse().withStatus(201).withHeader("Location", "/api/v1/payments/1");
	}

	private static ResponseDefinitionBuilder unauthorized() {
		return aResponse().withStatus(401).withBody("{\"error\": \"invalid_token\"}");
	}

	private K2Location create() {
		return this.client.create("payments", new JsonBody().put("description", "Salaries"));
	}

	@Test
	void sendsCachedTokenWithEachRequest() {
		kopoKopoAnswers("first", created());
		create();
		create();
		kopoKopo.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void replacesRevokedTokenAndRepeatsRequestOnce() {
		kopoKopoAnswers("first", unauthorized());
		kopoKopoAnswers("second", created());
		assertThat(create().uri()).hasPath("/api/v1/payments/1");
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/api/v1/payments"))
			.withRequestBody(equalTo("{\"description\":\"Salaries\"}")));
		create();
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void failsIfNewTokenIsRejected() {
		kopoKopoAnswers("first", unauthorized());
		kopoKopoAnswers("second", unauthorized());
		assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(this::create).satisfies((ex) -> {
			assertThat(ex.error()).isEqualTo("invalid_token");
			assertThat(ex.outcomeUnknown()).isFalse();
		});
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/api/v1/payments")));
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void doesNotRepeatRequestTwice() {
		kopoKopoAnswers("first", unauthorized());
		kopoKopoAnswers("second", aResponse().withFault(Fault.EMPTY_RESPONSE));
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(this::create)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		kopoKopo.verify(2, postRequestedFor(urlEqualTo("/api/v1/payments")));
	}

	@Test
	void sendsNothingWithoutToken() {
		kopoKopo.resetAll();
		kopoKopo.stubFor(post(anyUrl()).willReturn(aResponse().withStatus(401)));
		assertThatExceptionOfType(K2AuthenticationException.class).isThrownBy(this::create)
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		kopoKopo.verify(0, postRequestedFor(urlEqualTo("/api/v1/payments")));
		kopoKopo.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
	}

}
