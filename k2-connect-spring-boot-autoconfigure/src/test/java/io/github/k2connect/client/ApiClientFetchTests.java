package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ApiClient}: requests that read a resource.
 */
class ApiClientFetchTests {

	@RegisterExtension
	static final WireMockExtension kopoKopo = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	@RegisterExtension
	static final WireMockExtension elsewhere = WireMockExtension.newInstance()
		.options(wireMockConfig().dynamicPort())
		.build();

	private static final String LOCATION = "/api/v1/incoming_payments/1";

	private static final Duration PATIENT = Duration.ofSeconds(10);

	private final ApiClient client = client(URI.create(kopoKopo.baseUrl()), PATIENT);

	private static ApiClient client(URI baseUrl, Duration readTimeout) {
		return ApiClient.of(new K2ClientFactory(new K2ClientSettings(baseUrl, ApiVersion.V1, null,
				Duration.ofSeconds(5), readTimeout, Duration.ofSeconds(45), 3))
			.create());
	}

	private void kopoKopoAnswers(ResponseDefinitionBuilder... answers) {
		String state = "Started";
		for (int i = 0; i < answers.length; i++) {
			String next = (i < answers.length - 1) ? "answered " + i : state;
			kopoKopo.stubFor(get(LOCATION).inScenario("answers")
				.whenScenarioStateIs(state)
				.willReturn(answers[i])
				.willSetStateTo(next));
			state = next;
		}
	}

	private String fetch() {
		return fetch(this.client);
	}

	private static String fetch(ApiClient client) {
		return client.fetch(client.location("incoming_payments", LOCATION), (json) -> {
			String id = json.object("data").text("id");
			if (id == null) {
				throw UnreadableJsonException.missing("id");
			}
			return id;
		});
	}

	private static ResponseDefinitionBuilder answer() {
		return okJson("{\"data\":{\"id\":\"247b1bd8\"}}");
	}

	@ParameterizedTest
	@ValueSource(ints = { 429, 502, 503, 504 })
	void repeatsAfterTransientError(int status) {
		kopoKopoAnswers(aResponse().withStatus(status), aResponse().withStatus(status), answer());
		assertThat(fetch()).isEqualTo("247b1bd8");
		kopoKopo.verify(3, getRequestedFor(urlEqualTo(LOCATION)));
	}

	@ParameterizedTest
	@EnumSource(Fault.class)
	void repeatsAfterLostConnection(Fault fault) {
		kopoKopoAnswers(aResponse().withFault(fault), answer());
		assertThat(fetch()).isEqualTo("247b1bd8");
	}

	@Test
	void repeatsAfterReadTimeout() {
		kopoKopoAnswers(answer().withFixedDelay(20_000), answer());
		assertThat(fetch(client(URI.create(kopoKopo.baseUrl()), Duration.ofSeconds(2)))).isEqualTo("247b1bd8");
	}

	@Test
	void givesUpAfterMaxAttempts() {
		kopoKopoAnswers(aResponse().withStatus(503).withBody("<html>"));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::fetch).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(503);
			assertThat(ex.outcomeUnknown()).isFalse();
		});
		kopoKopo.verify(3, getRequestedFor(urlEqualTo(LOCATION)));
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 401, 403, 404, 500 })
	void doesNotRepeatAfterPermanentError(int status) {
		kopoKopoAnswers(aResponse().withStatus(status));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(this::fetch);
		kopoKopo.verify(1, getRequestedFor(urlEqualTo(LOCATION)));
	}

	@Test
	void outcomeIsKnownIfConnectionIsRefused() {
		ApiClient client = client(URI.create("http://localhost:1"), PATIENT);
		assertThatExceptionOfType(K2ConnectionException.class)
			.isThrownBy(() -> client.fetch(client.location("incoming_payments", LOCATION), JsonObject::toString))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{\"data\":{}}", "{\"data\":", "{}{}", "[]", "<html></html>", "{\"data\":[1]}" })
	void rejectsUnreadableResponse(String body) {
		kopoKopoAnswers(ok(body));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this::fetch).satisfies((ex) -> {
			assertThat(ex.statusCode()).isEqualTo(200);
			assertThat(ex.responseBody()).isEqualTo(body);
			assertThat(ex.outcomeUnknown()).isFalse();
			assertThat(ex).hasMessageContaining("GET /api/v1/incoming_payments/{id}");
		});
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "%s/api/v1/incoming_payments/1", "http://user:password@localhost:%d/api/v1/incoming_payments/1",
					"https://localhost:%d/api/v1/incoming_payments/1" })
	void sendsNothingToAnotherOrigin(String template) {
		K2Location location = K2Location
			.of(template.replace("%s", elsewhere.baseUrl()).replace("%d", String.valueOf(elsewhere.getPort())));
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.client.fetch(location, JsonObject::toString));
		assertThat(List.of(elsewhere.getAllServeEvents(), kopoKopo.getAllServeEvents())).allMatch(List::isEmpty);
	}

	@Test
	void doesNotFollowRedirect() {
		kopoKopoAnswers(aResponse().withStatus(302).withHeader("Location", elsewhere.baseUrl()));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(this::fetch);
		assertThat(elsewhere.getAllServeEvents()).isEmpty();
	}

}
