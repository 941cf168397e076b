package io.github.k2connect.test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the HTTP of the simulator.
 */
class WireTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/merchant_wallets";

	@Test
	void writesHeaderNamesInLowerCase() throws Exception {
		String answer = exchange("POST", PATH, authorization(), "Content-Type: application/json\r\n",
				Bodies.merchantWallet().toString());
		assertThat(answer).startsWith("HTTP/1.1 201 ")
			.contains("\r\nlocation: " + this.simulator.baseUrl() + PATH + "/")
			.doesNotContain("Location:");
		assertThat(exchange("GET", PATH, "", "", "")).startsWith("HTTP/1.1 401 ")
			.contains("\r\ncontent-type: application/json; charset=utf-8\r\n");
	}

	@ParameterizedTest
	@ValueSource(strings = { "kopokopo.test", "kopokopo.test:8080", "127.0.0.1", "[::1]:99" })
	void returnsLocationWithHostOfRequest(String host) throws Exception {
		String answer = exchange("POST", PATH + "?a=|{}", "Host: " + host + "\r\n" + authorization(), "",
				Bodies.merchantWallet().toString());
		assertThat(answer).contains("\r\nlocation: http://" + host + PATH + "/");
	}

	@ParameterizedTest
	@ValueSource(strings = { PATH + "/", "/" + PATH, "//api//v1///merchant_wallets", PATH + "?page=1",
			PATH + "/?next=//a/" })
	void ignoresRepeatedSlashesAndQuery(String path) throws Exception {
		String answer = exchange("POST", path, authorization(), "", Bodies.merchantWallet().toString());
		assertThat(answer).startsWith("HTTP/1.1 201 ");
		String location = answer.replaceFirst("(?s).*\r\nlocation: (\\S+)\r\n.*", "$1");
		assertThat(location).matches(this.simulator.baseUrl() + PATH + "/[0-9a-f-]{36}");
		String resource = location.substring(this.simulator.baseUrl().toString().length());
		for (String spelling : List.of(resource, resource + "/", "/" + resource, resource + "?a=/b", resource + "/?")) {
			assertThat(exchange("GET", spelling, authorization(), "", "")).as(spelling).startsWith("HTTP/1.1 200 ");
		}
		assertThat(this.simulator.requests()).allSatisfy((request) -> assertThat(request.path()).startsWith(PATH));
		assertThat(this.simulator.requests()).hasSize(6);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/API/v1/merchant_wallets", "/api/V1/merchant_wallets", "/api/v1/Merchant_Wallets",
			"/api/v1/merchant_wallets/%2e%2e/payments", "/api/v1/merchant_wallets/x/y", "/api/v1/%7Bid%7D" })
	void respondsWith404ToOtherPaths(String path) throws Exception {
		assertThat(exchange("POST", path, authorization(), "", Bodies.merchantWallet().toString()))
			.startsWith("HTTP/1.1 404 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "PUT", "PATCH", "DELETE" })
	void respondsWith404ToOtherMethods(String method) throws Exception {
		assertThat(exchange(method, PATH, authorization(), "", "{}")).startsWith("HTTP/1.1 404 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "Content-Type: application/json; charset=utf-8\r\n", "Content-Type: text/plain\r\n",
			"Content-Type: application/vnd.kopokopo.v4.hal + json\r\n", "Content-Type: ;;;\r\n",
			"Content-Type: application/x-www-form-urlencoded\r\n", "Content-Type: multipart/form-data\r\n",
			"Content-Type: application/json; charset=klingon\r\n" })
	void ignoresContentTypeOfJsonBody(String contentType) throws Exception {
		assertThat(exchange("POST", PATH, authorization(), contentType, Bodies.merchantWallet().toString()))
			.startsWith("HTTP/1.1 201 ");
		String credentials = """
				{"client_id": "%s", "client_secret": "%s", "grant_type": "client_credentials"}
				""".formatted(this.simulator.clientId(), this.simulator.clientSecret());
		assertThat(exchange("POST", "/oauth/token", "", contentType, credentials)).startsWith("HTTP/1.1 200 ");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Bearer %s       | 404
			bearer %s       | 404
			BEARER   %s     | 404
			Bearer          | 401
			Bearer null     | 401
			Bearer%s        | 401
			Bearer %sx      | 401
			Bearer %s %s    | 401
			Bearer x%s      | 401
			Bearer "%s"     | 401
			Token %s        | 401
			Basic %s        | 401
			%s              | 401
			""")
	void requiresBearerToken(String authorization, int status) throws Exception {
		String header = "Authorization: " + authorization.replace("%s", this.caller.token()) + "\r\n";
		assertThat(exchange("GET", PATH + "/1", header, "", "")).startsWith("HTTP/1.1 " + status + " ");
		assertThat(exchange("GET", PATH + "/1?access_token=" + this.caller.token(), "", "", ""))
			.startsWith("HTTP/1.1 401 ");
	}

	@ParameterizedTest
	@ValueSource(strings = { "[[[[", "{\"a\":", "{'a':1}", "{\"a\":1,}", "{\"a\":NaN}", "\u0000", "{\"a\":\"\\ud800",
			"<xml/>", "phone_number=%2B254700000000", "{} []", "\"{}\"", "1e999999999" })
	void respondsWith400ToMalformedBody(String body) throws Exception {
		for (String path : List.of(PATH, "/api/v2/send_money", "/api/v2/external_recipients")) {
			assertThat(exchange("POST", path, authorization(), "", body)).startsWith("HTTP/1.1 400 ");
		}
		assertThat(exchange("POST", "/oauth/token", "", "", body)).startsWith("HTTP/1.1 401 ");
	}

	@Test
	void respondsWith400ToBodyWithInvalidCompression() throws Exception {
		assertThat(exchange("POST", PATH, authorization(), "Content-Encoding: gzip\r\n", "no gzip"))
			.startsWith("HTTP/1.1 400 ");
	}

	@Test
	void respondsWith400ToDeeplyNestedBody() throws Exception {
		String body = "{\"a\":".repeat(100_000) + "1" + "}".repeat(100_000);
		assertThat(exchange("POST", PATH, authorization(), "", body)).startsWith("HTTP/1.1 400 ");
	}

	@Test
	void acceptsAnyTypeOfEveryPropertyWithoutServerError() {
		ResourceContractTests.resources()
			.forEach(
					(resource) -> resource.paths().forEach((path) -> resource.body().propertyNames().forEach((name) -> {
						for (String value : List.of("null", "true", "1", "-1.5e300", "\"\"", "\"x\"", "[]", "[1]",
								"[[]]", "{}", "{\"value\": {}}", "[null]", "[{}]")) {
							ObjectNode body = resource.body().deepCopy();
							body.set(name, Json.MAPPER.readTree(value));
							ApiCaller.Answer answer = this.caller.post(path, body);
							assertThat(answer.status()).as(path + " " + name + " " + value).isIn(201, 400);
							if (answer.status() == 201) {
								String location = answer.location()
									.substring(this.simulator.baseUrl().toString().length());
								assertThat(this.caller.get(location).status()).as(path + " " + name + " " + value)
									.isEqualTo(200);
							}
						}
					})));
	}

	@Test
	void readsLargeBody() throws Exception {
		ObjectNode body = Bodies.merchantWallet().put("first_name", "x".repeat(1 << 20));
		assertThat(exchange("POST", PATH, authorization(), "", body.toString())).startsWith("HTTP/1.1 201 ");
		assertThat(this.caller.post(PATH, "x".repeat(1 << 20)).status()).isEqualTo(400);
		assertThat(exchange("POST", "/oauth/token", "", "", "a=" + "&b".repeat(1 << 19))).startsWith("HTTP/1.1 401 ");
	}

	@Test
	void servesManyClientsAtOnce() throws Exception {
		ExecutorService clients = Executors.newFixedThreadPool(32);
		try {
			Callable<String> client = () -> {
				ApiCaller own = new ApiCaller(this.simulator).authenticate();
				String location = own.create("/api/v1/incoming_payments", Bodies.incomingPayment("0712345678"))
					.getPath();
				assertThat(own.get(location).status()).isEqualTo(200);
				return location;
			};
			List<Future<String>> calls = clients.invokeAll(Collections.nCopies(200, client));
			Set<String> locations = new HashSet<>();
			for (Future<String> call : calls) {
				locations.add(call.get());
			}
			assertThat(locations).hasSize(200);
			Set<String> results = new HashSet<>();
			for (int i = 0; i < 200; i++) {
				results.add(nextResult("incoming_payment").at("/event/resource/reference").asString());
			}
			assertThat(results).hasSize(200);
			assertThat(this.application.receivesNothingFor(Duration.ofMillis(300))).isTrue();
		}
		finally {
			clients.shutdownNow();
		}
	}

	private String authorization() {
		return "Authorization: Bearer " + this.caller.token() + "\r\n";
	}

	private String exchange(String method, String path, String authorization, String contentType, String body)
			throws IOException {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		String host = authorization.startsWith("Host:") ? ""
				: "Host: " + this.simulator.baseUrl().getAuthority() + "\r\n";
		String head = method + " " + path + " HTTP/1.1\r\n" + host + authorization + contentType + "Content-Length: "
				+ bytes.length + "\r\nConnection: close\r\n\r\n";
		try (Socket socket = new Socket(InetAddress.getByName("localhost"), this.simulator.baseUrl().getPort())) {
			ByteArrayOutputStream request = new ByteArrayOutputStream();
			request.write(head.getBytes(StandardCharsets.ISO_8859_1));
			request.write(bytes);
			socket.getOutputStream().write(request.toByteArray());
			socket.getOutputStream().flush();
			return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		}
	}

}
