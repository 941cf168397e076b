package io.github.k2connect.test;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Client of the simulator's page, as a browser without JavaScript is.
 */
final class PageClient {

	/**
	 * Without connections to earlier simulators, which may have had the same port.
	 */
	private final HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final URI simulator;

	PageClient(K2Simulator simulator) {
		this.simulator = simulator.baseUrl();
	}

	String open(String path) {
		HttpResponse<String> response = get(path);
		if (response.statusCode() != 200) {
			throw new AssertionError(response + ": " + response.body());
		}
		return response.body();
	}

	HttpResponse<String> get(String path, String... headers) {
		HttpRequest.Builder request = HttpRequest.newBuilder(this.simulator.resolve(path));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	/**
	 * Press the button of a form.
	 * @return the page that it leads to
	 */
	String press(String action, Map<String, String> fields) {
		HttpResponse<String> response = post(action, fields, "Origin", this.simulator.toString());
		if (response.statusCode() != 303) {
			throw new AssertionError(response + ": " + response.body());
		}
		return open(response.headers().firstValue("Location").orElseThrow());
	}

	HttpResponse<String> post(String action, Map<String, String> fields, String... headers) {
		String form = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		HttpRequest.Builder request = HttpRequest.newBuilder(this.simulator.resolve("/page/" + action))
			.header("Content-Type", "application/x-www-form-urlencoded")
			.POST(HttpRequest.BodyPublishers.ofString(form));
		return send((headers.length > 0) ? request.headers(headers) : request);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) {
		try {
			return this.client.send(request.build(), HttpResponse.BodyHandlers.ofString());
		}
		catch (IOException ex) {
			throw new AssertionError(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new AssertionError(ex);
		}
	}

}
