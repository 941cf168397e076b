package io.github.k2connect.followup;

import java.net.ConnectException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.event.StkPushResult;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.mock.http.client.MockClientHttpResponse;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link StatusRequest}.
 */
@ExtendWith(OutputCaptureExtension.class)
class StatusRequestTests {

	private static final URI LOCATION = URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/p1");

	private static StatusResponse send(ClientHttpRequestInterceptor kopoKopo, String type, URI location) {
		ApiClient client = ApiClient
			.of(new K2ClientFactory(K2ClientSettings.of(K2ClientSettings.SANDBOX)).create(kopoKopo));
		FollowUpState state = FollowUpState.begun("tenant", type, Map.of(), Instant.EPOCH).started(location);
		return StatusRequest.send(state, location, (account) -> client);
	}

	private static StatusResponse respond(int status, String body, @Nullable String retryAfter) {
		return send((request, sent, execution) -> {
			MockClientHttpResponse response = new MockClientHttpResponse(body.getBytes(StandardCharsets.UTF_8),
					HttpStatus.valueOf(status));
			response.getHeaders().add("Content-Type", "application/json");
			if (retryAfter != null) {
				response.getHeaders().add("Retry-After", retryAfter);
			}
			return response;
		}, "incoming_payment", LOCATION);
	}

	private static StatusResponse respond(String type, String id, String status) {
		return respond(200, """
				{"data": {"id": "%s", "type": "%s", "attributes": {"status": "%s"}}}""".formatted(id, type, status),
				null);
	}

	@Test
	void tellsAccountThatCannotBeLoadedFromKopoKopoThatDoesNotRespond() {
		FollowUpState state = FollowUpState.begun("tenant", "incoming_payment", Map.of(), Instant.EPOCH);
		assertThat(StatusRequest.send(state, URI.create("https://kopokopo.example/1"), (account) -> {
			throw new IllegalStateException("The vault is sealed");
		})).isEqualTo(new StatusResponse.Unavailable(Value.ACCOUNT_UNAVAILABLE, null));
	}

	@Test
	void returnsFinalResultOfAccount() {
		assertThat(respond("incoming_payment", "p1", "Success")).isInstanceOfSatisfying(StatusResponse.Result.class,
				(result) -> assertThat(result.event().event()).isInstanceOfSatisfying(StkPushResult.class, (event) -> {
					assertThat(event.id()).isEqualTo("p1");
					assertThat(event.account()).isEqualTo("tenant");
				}));
	}

	@Test
	void returnsPendingResult() {
		assertThat(respond("incoming_payment", "p1", "Pending")).isEqualTo(new StatusResponse.Pending(null));
	}

	@ParameterizedTest
	@CsvSource({ "incoming_payment, p2", "payment, p1", "something_new, p1" })
	void doesNotTakeOtherResourceForRequest(String type, String id) {
		assertThat(respond(type, id, "Success")).isEqualTo(new StatusResponse.Unknown());
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"data\": {\"id\": \"p1\", \"type\": \"incoming_payment\", \"attributes\": 1}}",
			"{\"data\": {\"id\": \"p1\", \"type\": \"incoming_payment\"}}" })
	void resultThatCannotBeDecodedIsNotFinal(String body) {
		assertThat(respond(200, body, null)).isEqualTo(new StatusResponse.Pending(null));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | {"error_code": 404}
			404 | {"error_message": "Not found"}
			410 | {"error_code": 410, "error_message": "Gone"}
			""")
	void resourceIsUnknownIfKopoKopoSaysSo(int status, String body) {
		assertThat(respond(status, body, null)).isEqualTo(new StatusResponse.Unknown());
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			404 | {}
			410 | {"message": "Maintenance"}
			400 | {"error_code": 400, "error_message": "Bad request"}
			503 | {"error_code": 503, "error_message": "Unavailable"}
			""")
	void isUnavailableAfterOtherError(int status, String body) {
		assertThat(respond(status, body, null)).isEqualTo(new StatusResponse.Unavailable(Value.UNAVAILABLE, null));
		assertThat(respond(status, body, "90"))
			.isEqualTo(new StatusResponse.Unavailable(Value.UNAVAILABLE, Duration.ofSeconds(90)));
	}

	@Test
	void isUnavailableWhenInterceptorOfApplicationFails() {
		assertThat(send((request, body, execution) -> {
			throw new IllegalStateException("The interceptor failed");
		}, "incoming_payment", LOCATION)).isEqualTo(new StatusResponse.Unavailable(Value.UNAVAILABLE, null));
	}

	@Test
	void isUnavailableWithoutConnection() {
		assertThat(send((request, body, execution) -> {
			throw new ConnectException("Refused");
		}, "incoming_payment", LOCATION)).isEqualTo(new StatusResponse.Unavailable(Value.UNAVAILABLE, null));
	}

	/**
	 * Another application on the same database may have another base URL.
	 */
	@Test
	void leavesRequestAtOtherOriginToOtherInstances(CapturedOutput output) {
		assertThat(send((request, body, execution) -> {
			throw new AssertionError("A request was sent to " + request.getURI());
		}, "incoming_payment", URI.create("https://elsewhere.example/api/v1/incoming_payments/p1")))
			.isEqualTo(new StatusResponse.Unavailable(Value.UNAVAILABLE, null));
		assertThat(output).doesNotContain("WARN");
	}

}
