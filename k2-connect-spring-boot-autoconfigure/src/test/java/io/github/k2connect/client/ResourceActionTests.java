package io.github.k2connect.client;

import java.net.URI;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2ResponseException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for actions on a resource, which are sent once.
 */
class ResourceActionTests {

	private static final String CANCEL = "/api/v2/payment_links/pl-1/cancel";

	@RegisterExtension
	static final WireMockExtension server = WireMockExtension.newInstance().build();

	private final ApiClient client = ApiClient
		.of(new K2ClientFactory(K2ClientSettings.of(URI.create(server.baseUrl()))).create());

	@ParameterizedTest
	@CsvSource({ "pl-1,/api/v2/payment_links/pl-1/cancel", "/payment_links/pl-1/,/api/v2/payment_links/pl-1/cancel",
			"/api/v1/payment_links/pl-1,/api/v1/payment_links/pl-1/cancel",
			"/payment_links/pl%201,/api/v2/payment_links/pl%201/cancel" })
	void postsActionBelowResource(String location, String path) {
		answer(path, WireMock.okJson("{\"message\": \"done\"}"));
		assertThat(act(location)).isEqualTo("done");
		server.verify(1,
				WireMock.postRequestedFor(WireMock.urlEqualTo(path))
					.withHeader("Content-Type", WireMock.equalTo("application/json"))
					.withRequestBody(WireMock.equalTo("{}")));
	}

	@Test
	void dropsQueryAndFragmentOfLocation() {
		answer(CANCEL, WireMock.okJson("{\"message\": \"done\"}"));
		assertThat(act("/payment_links/pl-1?expand=all#top")).isEqualTo("done");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "https://elsewhere.example/api/v2/payment_links/pl-1", "//elsewhere.example/payment_links/1",
					"payment_links/pl-1", "/payment_links/..", "mailto:payment_links/pl-1" })
	void sendsNothingForInvalidLocation(String location) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(() -> act(location));
		server.verify(0, WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

	@ParameterizedTest
	@ValueSource(ints = { 500, 502, 503, 504 })
	void doesNotRepeatActionThatMayHaveTakenEffect(int status) {
		answer(CANCEL, WireMock.aResponse().withStatus(status));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> act("/payment_links/pl-1"))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertThatItWasSentOnce();
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 404, 429 })
	void outcomeOfRejectedActionIsKnown(int status) {
		answer(CANCEL, WireMock.aResponse().withStatus(status));
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> act("/payment_links/pl-1"))
			.withMessageContaining("POST /api/v2/payment_links/{id}/cancel")
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		assertThatItWasSentOnce();
	}

	@Test
	void doesNotRepeatActionAfterLostResponse() {
		answer(CANCEL, WireMock.aResponse().withFault(Fault.EMPTY_RESPONSE));
		assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> act("/payment_links/pl-1"))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertThatItWasSentOnce();
	}

	@Test
	void outcomeIsUnknownAfterUnreadableResponse() {
		answer(CANCEL, WireMock.ok("<html>cancelled</html>"));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> act("/payment_links/pl-1"))
			.satisfies((ex) -> {
				assertThat(ex.responseBody()).isEqualTo("<html>cancelled</html>");
				assertThat(ex.outcomeUnknown()).isTrue();
			});
		assertThatItWasSentOnce();
	}

	@Test
	void doesNotFollowRedirect() {
		answer(CANCEL, WireMock.temporaryRedirect("/elsewhere"));
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> act("/payment_links/pl-1"))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertThatItWasSentOnce();
	}

	private String act(String location) {
		ApiClient v2 = this.client.withVersion(ApiVersion.V2);
		return v2.performAction(v2.location("payment_links", location), "cancel",
				(json) -> String.valueOf(json.text("message")));
	}

	private static void answer(String path, ResponseDefinitionBuilder answer) {
		server.stubFor(WireMock.post(WireMock.urlEqualTo(path)).willReturn(answer));
	}

	private static void assertThatItWasSentOnce() {
		server.verify(1, WireMock.anyRequestedFor(WireMock.anyUrl()));
	}

}
