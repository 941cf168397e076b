package io.github.k2connect.client;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the size limits of responses.
 */
class ResponseSizeTests {

	private static final int LIMIT = 1024 * 1024;

	private static final int RESOURCE_LIMIT = 8 * LIMIT;

	private static final String LOCATION = "/api/v1/payments/1";

	private static ApiClient client(SocketServer server) {
		return client(server, Duration.ofSeconds(30));
	}

	private static ApiClient client(SocketServer server, Duration readTimeout) {
		return ApiClient.of(new K2ClientFactory(new K2ClientSettings(server.url("http"), ApiVersion.V1, null,
				Duration.ofSeconds(5), readTimeout, Duration.ofSeconds(45), 3))
			.create());
	}

	private static URI pay(ApiClient client) {
		return client.create("payments", new JsonBody().put("description", "Salaries")).uri();
	}

	private static JsonObject fetch(ApiClient client) {
		return client.fetch(client.location("incoming_payments", LOCATION), (json) -> json);
	}

	/**
	 * A server that sends a body without an end, until the client closes the connection.
	 */
	private static SocketServer endless(String status, String headers, CountDownLatch closed) throws IOException {
		return new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 " + status + "\r\n" + headers + "Transfer-Encoding: chunked\r\n\r\n");
			String chunk = "10000\r\n" + " ".repeat(0x10000) + "\r\n";
			try {
				while (true) {
					connection.write(chunk);
				}
			}
			catch (IOException ex) {
				closed.countDown();
			}
		});
	}

	private static SocketServer responding(String status, String headers, String body) throws IOException {
		return new SocketServer((connection) -> {
			while (true) {
				connection.read();
				connection.write("HTTP/1.1 " + status + "\r\n" + headers + "Content-Length: " + body.length()
						+ "\r\n\r\n" + body);
			}
		});
	}

	@Test
	void rejectsEndlessBlankBodyInsteadOfReadingItAsEmpty() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (SocketServer server = endless("200 OK", "", closed)) {
			assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> fetch(client(server)))
				.withMessage("Kopo Kopo responded with status 200 to GET /api/v1/payments/{id}: "
						+ "its body is incomplete, or larger than 8 MiB")
				.satisfies((ex) -> {
					assertThat(ex.responseBody()).hasSize(LIMIT);
					assertThat(ex.outcomeUnknown()).isFalse();
				});
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(server.connections()).isOne();
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { LIMIT + 1, RESOURCE_LIMIT })
	void readsLongListOfTransactions(int size) throws Exception {
		String body = "{\"data\": {}" + " ".repeat(size - 13) + "}\n";
		try (SocketServer server = responding("200 OK", "", body)) {
			assertThat(fetch(client(server)).has("data")).isTrue();
		}
	}

	@Test
	void rejectsResourceAboveTheLimit() throws Exception {
		String body = "{\"data\": {}" + " ".repeat(RESOURCE_LIMIT - 12) + "}\n";
		try (SocketServer server = responding("200 OK", "", body)) {
			assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> fetch(client(server)))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		}
	}

	@Test
	void returnsLocationWithAnyBody() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (SocketServer server = endless("201 Created", "Location: " + LOCATION + "\r\n", closed)) {
			assertThat(pay(client(server))).hasPath(LOCATION);
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void outcomeOfPostWithLargeBodyAndNoLocationIsUnknown() throws Exception {
		try (SocketServer server = responding("201 Created", "", "x".repeat(LIMIT + 1))) {
			assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> pay(client(server)))
				.satisfies((ex) -> {
					assertThat(ex.outcomeUnknown()).isTrue();
					assertThat(ex.responseBody()).hasSize(LIMIT);
				});
			assertThat(server.requests()).hasSize(1);
		}
	}

	@Test
	void outcomeOfActionWithLargeBodyIsUnknown() throws Exception {
		try (SocketServer server = responding("200 OK", "", "{" + " ".repeat(LIMIT) + "}")) {
			ApiClient client = client(server);
			assertThatExceptionOfType(K2ResponseException.class)
				.isThrownBy(() -> client.performAction(client.location("payment_links", "1"), "cancel", (json) -> json))
				.withMessageEndingWith("its body is incomplete, or larger than 1 MiB")
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		}
	}

	@Test
	void keepsTheStatusOfErrorWithLargeBody() throws Exception {
		CountDownLatch closed = new CountDownLatch(1);
		try (SocketServer server = endless("422 Unprocessable Content", "", closed)) {
			assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> pay(client(server))).satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(422);
				assertThat(ex.responseBody()).hasSize(LIMIT);
				assertThat(ex.outcomeUnknown()).isFalse();
			});
			assertThat(closed.await(10, TimeUnit.SECONDS)).isTrue();
		}
	}

	@Test
	void limitsTheBodyOfErrorInAnyCall() throws Exception {
		try (SocketServer server = responding("404 Not Found", "", "x".repeat(2 * LIMIT))) {
			assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> fetch(client(server)))
				.satisfies((ex) -> assertThat(ex.responseBody()).hasSize(LIMIT));
		}
	}

	@ParameterizedTest
	@ValueSource(ints = { 400, 403, 422, 500 })
	void keepsTheStatusOfErrorWhoseBodyIsCutOff(int status) throws Exception {
		try (SocketServer server = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 " + status + " Error\r\nContent-Length: 100\r\n\r\n{\"error");
		})) {
			assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> pay(client(server))).satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(status);
				assertThat(ex.outcomeUnknown()).isEqualTo(status == 500);
			});
		}
	}

	@Test
	void rejectsResourceThatIsCutOffInsteadOfReadingItAsEmpty() throws Exception {
		try (SocketServer server = new SocketServer((connection) -> {
			connection.read();
			connection.write("HTTP/1.1 200 OK\r\nLocation: " + LOCATION + "\r\nContent-Length: 100\r\n\r\n  ");
		})) {
			assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> fetch(client(server)))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
		}
	}

	@Test
	void rejectsTokenResponseAboveTheLimitWithoutShowingIt() throws Exception {
		try (SocketServer server = responding("200 OK", "", "{\"access_token\": \"secret\"}" + " ".repeat(LIMIT))) {
			assertThatExceptionOfType(K2ResponseException.class)
				.isThrownBy(() -> client(server).postForm("/oauth/token", Map.of(), (json) -> json))
				.satisfies((ex) -> assertThat(ex.responseBody()).isEmpty());
		}
	}

	/**
	 * The JDK's client takes a length of -1 for one that is unknown, and waits for more.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "18446744073709551616", "-1", "many" })
	void reportsUnreadableContentLengthAsMissingResponse(String length) throws Exception {
		try (SocketServer server = new SocketServer((connection) -> {
			while (true) {
				connection.read();
				connection.write("HTTP/1.1 200 OK\r\nContent-Length: " + length + "\r\n\r\n{}");
			}
		})) {
			ApiClient client = client(server, Duration.ofSeconds(1));
			assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> fetch(client))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isFalse());
			assertThatExceptionOfType(K2ConnectionException.class)
				.isThrownBy(() -> client.postForm("/oauth/token", Map.of(), (json) -> json));
			assertThatExceptionOfType(K2ConnectionException.class).isThrownBy(() -> pay(client))
				.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		}
	}

	@Test
	void limitsTheBodyOfRefusedTokenRequest() throws Exception {
		try (SocketServer server = responding("401 Unauthorized", "", "x".repeat(2 * LIMIT))) {
			assertThatExceptionOfType(K2AuthenticationException.class)
				.isThrownBy(() -> client(server).postForm("/oauth/token", Map.of(), (json) -> json))
				.satisfies((ex) -> assertThat(ex.responseBody()).hasSize(LIMIT));
		}
	}

}
