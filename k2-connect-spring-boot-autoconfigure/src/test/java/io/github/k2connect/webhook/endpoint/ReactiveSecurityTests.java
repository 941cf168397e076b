package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.web.server.ServerHttpSecurity;
import org.springframework.security.web.server.SecurityWebFilterChain;
import org.springframework.security.web.server.util.matcher.NegatedServerWebExchangeMatcher;
import org.springframework.security.web.server.util.matcher.ServerWebExchangeMatchers;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint in a reactive application whose security is that of the
 * documentation.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = { "spring.main.web-application-type=reactive", "spring.webflux.base-path=/shop",
				"without.security=${without.management.security}", "k2.store.type=none", "k2.api-key=an-api-key",
				"k2.accounts.kiosk.api-key=another-key" })
class ReactiveSecurityTests {

	private static final String WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}";

	private final RestClient client;

	private final EventRecorder recorder;

	ReactiveSecurityTests(@LocalServerPort int port, @Autowired EventRecorder recorder) {
		this.client = RestClient.builder()
			.requestFactory(new JdkClientHttpRequestFactory())
			.baseUrl("http://localhost:" + port + "/shop")
			.defaultStatusHandler((status) -> true, (request, response) -> {
			})
			.build();
		this.recorder = recorder;
	}

	private ResponseEntity<Void> send(HttpMethod method, String path, String signature) {
		return this.client.method(method)
			.uri(path)
			.header(SignatureVerifier.HEADER, signature)
			.body(WEBHOOK)
			.retrieve()
			.toBodilessEntity();
	}

	private static String sign(String apiKey) {
		return Signatures.sign(apiKey, WEBHOOK.getBytes(StandardCharsets.UTF_8));
	}

	@ParameterizedTest
	@CsvSource({ "/k2/webhooks, an-api-key, default", "/k2/webhooks/kiosk, another-key, kiosk" })
	void leavesMessagesToEndpoint(String path, String apiKey, String account) {
		assertThat(send(HttpMethod.POST, path, sign(apiKey)).getStatusCode()).isEqualTo(HttpStatus.OK);
		assertThat(this.recorder.events()).last().satisfies((event) -> assertThat(event.account()).isEqualTo(account));
	}

	@Test
	void leavesSignatureToEndpoint() {
		ResponseEntity<Void> response = send(HttpMethod.POST, "/k2/webhooks", sign("a-wrong-key"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(response.getHeaders().containsHeader(HttpHeaders.WWW_AUTHENTICATE)).isFalse();
	}

	@ParameterizedTest
	@CsvSource({ "GET, /orders", "GET, /k2/webhooks", "GET, /k2/webhooks/kiosk" })
	void protectsEverythingElse(String method, String path) {
		ResponseEntity<Void> response = send(HttpMethod.valueOf(method), path, sign("an-api-key"));
		assertThat(response.getStatusCode()).isEqualTo(HttpStatus.UNAUTHORIZED);
		assertThat(response.getHeaders().containsHeader(HttpHeaders.WWW_AUTHENTICATE)).isTrue();
	}

	@ParameterizedTest
	@CsvSource({ "/orders", "/k2/webhooks/kiosk/orders" })
	void keepsCsrfProtectionOfEverythingElse(String path) {
		assertThat(send(HttpMethod.POST, path, sign("an-api-key")).getStatusCode()).isEqualTo(HttpStatus.FORBIDDEN);
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	@RestController
	static class Shop {

		@RequestMapping({ "/orders", "/k2/webhooks/kiosk/orders" })
		String orders() {
			return "orders";
		}

		@Bean
		SecurityWebFilterChain securityWebFilterChain(ServerHttpSecurity http) {
			http.securityMatcher(new NegatedServerWebExchangeMatcher(
					ServerWebExchangeMatchers.pathMatchers(HttpMethod.POST, "/k2/webhooks", "/k2/webhooks/*")));
			http.authorizeExchange((exchanges) -> exchanges.anyExchange().authenticated());
			http.httpBasic(Customizer.withDefaults());
			return http.build();
		}

	}

}
