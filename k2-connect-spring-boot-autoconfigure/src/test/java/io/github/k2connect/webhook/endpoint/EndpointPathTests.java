package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.K2WebhookRequest;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.endpoint.Deployment.Running;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the paths of the endpoint, in each deployment.
 */
class EndpointPathTests {

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final String FORM = "application/x-www-form-urlencoded";

	private final HttpClient client = HttpClient.newHttpClient();

	@ParameterizedTest
	@EnumSource
	void readsAccountFromPath(Deployment deployment) throws Exception {
		try (Running shop = start(deployment, Shop.class, "k2.api-key=key-of-default",
				"k2.accounts.kiosk.api-key=key-of-kiosk", "k2.accounts.keyless.client-id=client",
				"k2.accounts.keyless.client-secret=secret")) {
			assertThat(deliver(shop, "/k2/webhooks", "key-of-default")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/", "key-of-default")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/kiosk", "key-of-kiosk")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/%6biosk;v=1?a=b", "key-of-kiosk")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/rent", "key-of-rent")).isEqualTo(200);
			assertThat(accounts(shop)).containsExactly("default", "default", "kiosk", "kiosk", "rent");
			for (String account : List.of("kiosk", "rent", "keyless", "nobody", "Kiosk", "a%20b", "$%7Bk2%7D",
					"a".repeat(41))) {
				assertThat(deliver(shop, "/k2/webhooks/" + account, "key-of-default")).as(account).isEqualTo(401);
			}
			assertThat(deliver(shop, "/k2/webhooks", "key-of-kiosk")).isEqualTo(401);
			assertThat(deliver(shop, "/k2/webhooks/kiosk/kiosk", "key-of-kiosk")).isEqualTo(404);
			assertThat(deliver(shop, "/k2/webhooks/%2e%2e", "key-of-default")).isIn(400, 401, 404);
			assertThat(accounts(shop)).hasSize(5);
		}
	}

	@ParameterizedTest
	@EnumSource
	void readsAccountFromPathWithoutDefaultAccount(Deployment deployment) throws Exception {
		try (Running shop = start(deployment, Shop.class)) {
			assertThat(deliver(shop, "/k2/webhooks/rent", "key-of-rent")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks", "key-of-rent")).isEqualTo(401);
			assertThat(accounts(shop)).containsExactly("rent");
		}
	}

	@ParameterizedTest
	@EnumSource
	void ignoresSlashAtEndOfConfiguredPath(Deployment deployment) throws Exception {
		try (Running shop = start(deployment, Shop.class, "k2.webhook.path=/hooks/k2/", "k2.api-key=key-of-default",
				"spring.mvc.hiddenmethod.filter.enabled=true")) {
			for (String path : List.of("/hooks/k2", "/hooks/k2/")) {
				assertThat(deliver(shop, path, "key-of-default", FORM)).as(path).isEqualTo(200);
			}
			assertThat(deliver(shop, "/hooks/k2/rent", "key-of-rent", FORM)).isEqualTo(200);
			assertThat(accounts(shop)).containsExactly("default", "default", "rent");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET.*", "WAR.*" }, mode = EnumSource.Mode.MATCH_ANY)
	void permitsAllPathsOfEndpointWithSpringSecurity(Deployment deployment) throws Exception {
		try (Running shop = start(deployment, SecuredShop.class, "k2.api-key=key-of-default", "without.security=")) {
			assertThat(deliver(shop, "/k2/webhooks", "key-of-default")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/", "key-of-default")).isEqualTo(200);
			assertThat(deliver(shop, "/k2/webhooks/rent", "key-of-rent")).isEqualTo(200);
			assertThat(deliver(shop, "/orders", "key-of-default")).isEqualTo(403);
			assertThat(accounts(shop)).containsExactly("default", "default", "rent");
		}
	}

	private static Running start(Deployment deployment, Class<?> application, String... properties) {
		return deployment.start(application,
				Stream.concat(Stream.of("k2.store.type=none"), Stream.of(properties)).toArray(String[]::new));
	}

	private static List<String> accounts(Running shop) {
		return shop.context().getBean(EventRecorder.class).events().stream().map(K2Event::account).toList();
	}

	private int deliver(Running shop, String path, String key) throws IOException, InterruptedException {
		return deliver(shop, path, key, "application/json");
	}

	private int deliver(Running shop, String path, String key, String contentType)
			throws IOException, InterruptedException {
		HttpResponse<Void> response = this.client.send(HttpRequest.newBuilder(URI.create(shop.url() + path))
			.POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
			.header("Content-Type", contentType)
			.header(SignatureVerifier.HEADER, Signatures.sign(key, BODY))
			.build(), BodyHandlers.discarding());
		return response.statusCode();
	}

	/**
	 * A shop with an account that is not in its configuration.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	static class Shop {

		@Bean
		K2AccountSource source() {
			return (name) -> name.equals("rent")
					? Optional.of(K2AccountSettings.builder().apiKey("key-of-rent").build()) : Optional.empty();
		}

	}

	/**
	 * A shop that permits the endpoint and denies everything else.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class SecuredShop {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers(K2WebhookRequest.toWebhook())
				.permitAll()
				.anyRequest()
				.denyAll());
			http.csrf((csrf) -> csrf.ignoringRequestMatchers(K2WebhookRequest.toWebhook()));
			return http.build();
		}

	}

}
