package io.github.k2connect.sample;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a browser without JavaScript does.
 */
public final class Browser {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final HttpClient client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).build();

	private final URI shop;

	public Browser(int port) {
		this.shop = URI.create("http://localhost:" + port);
	}

	public HttpResponse<String> open(String path) throws IOException, InterruptedException {
		return this.client.send(request(path).build(), BodyHandlers.ofString());
	}

	public HttpResponse<String> submit(String path, Map<String, String> fields)
			throws IOException, InterruptedException {
		return this.client.send(form(path, fields), BodyHandlers.ofString());
	}

	public CompletableFuture<HttpResponse<String>> submitAsync(String path, Map<String, String> fields) {
		return this.client.sendAsync(form(path, fields), BodyHandlers.ofString());
	}

	public CompletableFuture<HttpResponse<Stream<String>>> listen(String path) {
		return this.client.sendAsync(request(path).build(), BodyHandlers.ofLines());
	}

	private HttpRequest form(String path, Map<String, String> fields) {
		String body = fields.entrySet()
			.stream()
			.map((field) -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
			.collect(Collectors.joining("&"));
		return request(path).header("Content-Type", "application/x-www-form-urlencoded")
			.POST(BodyPublishers.ofString(body))
			.build();
	}

	private HttpRequest.Builder request(String path) {
		return HttpRequest.newBuilder(this.shop.resolve(path)).header("Accept", "text/html").timeout(TIMEOUT);
	}

}
