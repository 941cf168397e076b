package io.github.k2connect.benchmark.push;

import java.net.URI;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpClient.Version;
import java.time.Duration;
import java.util.Objects;

import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.http.MediaType;
import org.springframework.web.client.RestClient;

/**
 * The same request by a {@link RestClient} with the same HTTP client: the body is ready,
 * the token does not expire, and there are no checks, deadlines or retries.
 */
final class BarePost {

	private final RestClient restClient;

	private final byte[] body;

	BarePost(URI kopoKopo, byte[] body) {
		this.body = body;
		this.restClient = RestClient.builder()
			.baseUrl(kopoKopo)
			.defaultHeader("User-Agent", "benchmark")
			.requestFactory(ClientHttpRequestFactoryBuilder.jdk()
				.withHttpClientCustomizer((http) -> http.followRedirects(Redirect.NEVER).version(Version.HTTP_1_1))
				.withCustomizer((factory) -> factory.enableCompression(false))
				.build(HttpClientSettings.defaults().withTimeouts(Duration.ofSeconds(5), Duration.ofSeconds(30))))
			.build();
	}

	URI send() {
		return Objects.requireNonNull(this.restClient.post()
			.uri("/api/v1/incoming_payments")
			.headers((headers) -> headers.setBearerAuth("jPOLF7TWUDZQxPMvCtBsjhCoYI_zhZ5pBHPqgz0Fb5w"))
			.accept(MediaType.APPLICATION_JSON)
			.contentType(MediaType.APPLICATION_JSON)
			.body(this.body)
			.retrieve()
			.toBodilessEntity()
			.getHeaders()
			.getLocation());
	}

}
