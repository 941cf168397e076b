package io.github.k2connect.test;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Collectors;

import tools.jackson.databind.JsonNode;

/**
 * Caller of the simulated API, as an application without any library would be.
 */
final class ApiCaller {

	private static final HttpClient CLIENT = HttpClient.newHttpClient();

	private final K2Simulator simulator;

	private final SimulatedAccount account;

	private String token = "";

	ApiCaller(K2Simulator simulator) {
		this(simulator, "default");
	}

	ApiCaller(K2Simulator simulator, String account) {
		this.simulator = simulator;
		this.account = simulator.account(account);
	}

	ApiCaller authenticate() {
		this.token = form("/oauth/token", credentials(Map.of("grant_type", "client_credentials"))).json()
			.path("access_token")
			.asString();
		return this;
	}

	String token() {
		return this.token;
	}

	ApiCaller token(String newToken) {
		this.token = newToken;
		return this;
	}

	Map<String, String> credentials(Map<String, String> more) {
		Map<String, String> fields = new HashMap<>(more);
		fields.put("client_id", this.account.clientId());
		fields.put("client_secret", this.account.clientSecret());
		return fields;
	}

	Answer form(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return send(HttpRequest.newBuilder(url(path))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	Answer postOAuth(String path, String contentType, String body) {
		return send(HttpRequest.newBuilder(url(path))
			.header("Content-Type", contentType)
			.POST(HttpRequest.BodyPublishers.ofString(body)));
	}

	Answer post(String path, Object body) {
		String json = (body instanceof String text) ? text : Json.MAPPER.writeValueAsString(body);
		return send(authorized(HttpRequest.newBuilder(url(path)).header("Content-Type", "application/json"))
			.POST(HttpRequest.BodyPublishers.ofString(json)));
	}

	/**
	 * Create a resource.
	 * @return its address
	 */
	URI create(String path, Object body) {
		Answer answer = post(path, body);
		if (answer.status() != 201) {
			throw new AssertionError("Expected a resource but was answered " + answer);
		}
		return URI.create(answer.location());
	}

	Answer get(String path) {
		return get(url(path));
	}

	Answer get(URI url) {
		return send(authorized(HttpRequest.newBuilder(url)));
	}

	JsonNode attributes(URI url) {
		return get(url).json().at("/data/attributes");
	}

	private HttpRequest.Builder authorized(HttpRequest.Builder request) {
		return this.token.isEmpty() ? request : request.header("Authorization", "Bearer " + this.token);
	}

	private URI url(String path) {
		return this.simulator.baseUrl().resolve(path);
	}

	private static Answer send(HttpRequest.Builder request) {
		try {
			HttpResponse<String> response = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
			return new Answer(response.statusCode(), response.headers().firstValue("Location").orElse(""),
					response.body());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Answer of the simulator.
	 *
	 * @param status the HTTP status
	 * @param location the {@code Location} header, empty when there is none
	 * @param body the body
	 */
	record Answer(int status, String location, String body) {

		JsonNode json() {
			return Json.MAPPER.readTree(this.body);
		}

	}

}
