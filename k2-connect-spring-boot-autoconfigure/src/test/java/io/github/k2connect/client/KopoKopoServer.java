package io.github.k2connect.client;

import java.net.URI;
import java.time.Duration;
import java.util.List;

import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.verification.LoggedRequest;
import io.github.k2connect.K2Location;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

import org.springframework.test.json.JsonContent;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Kopo Kopo for the tests of services: clients, stubs of resources, and assertions on
 * what was sent. Register it as a static extension.
 */
public final class KopoKopoServer implements BeforeAllCallback, BeforeEachCallback, AfterAllCallback {

	/**
	 * The id of each new resource.
	 */
	public static final String ID = "247b1bd8-f5a0-4b71-a898-f62f67b8ae1c";

	/**
	 * The default callback URL of the clients.
	 */
	public static final URI CALLBACK = URI.create("https://duka.example/k2/webhooks");

	private final WireMockKopoKopo server = new WireMockKopoKopo();

	@Override
	public void beforeAll(ExtensionContext context) {
		this.server.beforeAll(context);
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		this.server.beforeEach(context);
	}

	@Override
	public void afterAll(ExtensionContext context) {
		this.server.afterAll(context);
	}

	/**
	 * Create a client of version 1 with the default callback URL.
	 */
	public ApiClient client() {
		return client(ApiVersion.V1);
	}

	/**
	 * Create a client of a version with the default callback URL.
	 */
	public ApiClient client(ApiVersion version) {
		return client(version, CALLBACK);
	}

	/**
	 * Create a client that makes one attempt of each call.
	 */
	public ApiClient client(ApiVersion version, @Nullable URI callbackUrl) {
		K2ClientFactory clients = new K2ClientFactory(new K2ClientSettings(url(""), version, callbackUrl,
				Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(45), 1));
		TokenService tokens = new TokenService(clients.create(), new K2Credentials("client", "secret"));
		return ApiClient.of(clients.create(new BearerTokenInterceptor(tokens)));
	}

	/**
	 * Return the absolute URL of a path at this server.
	 */
	public URI url(String path) {
		return URI.create(this.server.baseUrl() + path);
	}

	/**
	 * Respond to a POST to the path with a new resource.
	 * @return the location of the resource
	 */
	public K2Location creates(String path) {
		K2Location location = new K2Location(url(path + "/" + ID));
		creates(path, location.uri().toString());
		return location;
	}

	/**
	 * Respond to a POST to the path with status 201 and the {@code Location}.
	 */
	public void creates(String path, String location) {
		this.server.stubFor(WireMock.post(path).willReturn(WireMock.created().withHeader("Location", location)));
	}

	/**
	 * Serve a resource at the path.
	 * @return its location
	 */
	public K2Location has(String path, String json) {
		this.server.stubFor(WireMock.get(path).willReturn(WireMock.okJson(json)));
		return new K2Location(url(path));
	}

	/**
	 * Respond to any method at the path with the status and body.
	 * @return the location with the path
	 */
	public K2Location answers(String path, int status, String contentType, String body) {
		this.server.stubFor(WireMock.any(WireMock.urlEqualTo(path))
			.willReturn(
					WireMock.aResponse().withStatus(status).withHeader("Content-Type", contentType).withBody(body)));
		return new K2Location(url(path));
	}

	/**
	 * Return the body of the only request, which was posted to the path with a token.
	 */
	public String posted(String path) {
		List<LoggedRequest> requests = sent();
		assertThat(requests).singleElement().satisfies((request) -> {
			assertThat(request.getMethod() + " " + request.getUrl()).isEqualTo("POST " + path);
			assertThat(request.getHeader("Authorization")).isEqualTo("Bearer " + WireMockKopoKopo.TOKEN);
			assertThat(request.getHeader("Content-Type")).isEqualTo("application/json");
		});
		return requests.get(0).getBodyAsString();
	}

	/**
	 * Assert that one request was sent: to the path, and with exactly this JSON.
	 */
	public void assertPosted(String path, String json) {
		assertThat(new JsonContent(posted(path))).isStrictlyEqualTo(json);
	}

	/**
	 * Assert that no request was sent, except for tokens.
	 */
	public void assertNothingSent() {
		assertThat(sent()).isEmpty();
	}

	private List<LoggedRequest> sent() {
		return this.server.findAll(WireMock.anyRequestedFor(WireMock.urlMatching("/api/.*")));
	}

}
