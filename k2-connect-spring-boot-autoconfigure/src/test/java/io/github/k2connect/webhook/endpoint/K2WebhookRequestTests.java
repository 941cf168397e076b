package io.github.k2connect.webhook.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.K2WebhookRequest;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.config.Customizer;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.config.annotation.web.configuration.WebSecurityCustomizer;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2WebhookRequest}, in applications with Spring Security.
 */
@ExtendWith(OutputCaptureExtension.class)
class K2WebhookRequestTests {

	private static final String WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}";

	private static final String TURNED_AWAY = "Spring Security responds with status 401 or 403";

	private static final String PROTECTED = "Spring Security requires a CSRF token for requests to the webhook endpoint ";

	private static final String USER = "Basic "
			+ Base64.getEncoder().encodeToString("user:s3cret".getBytes(StandardCharsets.UTF_8));

	private final HttpClient http = HttpClient.newHttpClient();

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		context().close();
	}

	private ConfigurableApplicationContext context() {
		return Objects.requireNonNull(this.context);
	}

	private void start(Class<?> application, String... properties) {
		startWithoutDefaultAccount(application,
				Stream.concat(Stream.of("k2.api-key=an-api-key"), Stream.of(properties)).toArray(String[]::new));
	}

	private void startWithoutDefaultAccount(Class<?> application, String... properties) {
		Stream<String> fixed = Stream.of("k2.store.type=none", "server.port=0", "spring.security.user.password=s3cret",
				"without.security=${without.management.security}");
		this.context = SpringApplication.run(application,
				Stream.concat(fixed, Stream.of(properties)).map("--"::concat).toArray(String[]::new));
	}

	private List<K2Event> events() {
		return context().getBean(EventRecorder.class).events();
	}

	private HttpRequest.Builder request(String path) {
		String port = context().getEnvironment().getRequiredProperty("local.server.port");
		return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path));
	}

	private int status(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), BodyHandlers.discarding()).statusCode();
	}

	private int deliver(String path) throws Exception {
		return status(request(path)
			.header(SignatureVerifier.HEADER, Signatures.sign("an-api-key", WEBHOOK.getBytes(StandardCharsets.UTF_8)))
			.POST(BodyPublishers.ofString(WEBHOOK)));
	}

	@Test
	void warnsWhenSecurityRejectsWebhooks(CapturedOutput output) {
		start(Shop.class, "spring.mvc.servlet.path=/api", "server.servlet.context-path=/shop");
		assertThat(output).containsOnlyOnce(TURNED_AWAY)
			.contains("the webhook endpoint /api/k2/webhooks. Permit K2WebhookRequest.toWebhook()");
	}

	@Test
	void doesNotWarnWhenSecurityPermitsWebhooks(CapturedOutput output) throws Exception {
		start(SecuredShop.class, "spring.mvc.servlet.path=/api", "server.servlet.context-path=/shop");
		assertThat(output).doesNotContain(TURNED_AWAY).doesNotContain(PROTECTED);
		assertThat(deliver("/shop/api/k2/webhooks")).isEqualTo(200);
	}

	@Test
	void warnsOfRejectedAccount(CapturedOutput output) throws Exception {
		start(SinglePathShop.class, "k2.accounts.kiosk.api-key=another-key");
		assertThat(output).containsOnlyOnce(TURNED_AWAY)
			.contains("the webhook endpoint /k2/webhooks/kiosk. Permit")
			.doesNotContain(PROTECTED);
		assertThat(deliver("/k2/webhooks")).isEqualTo(200);
		assertThat(deliver("/k2/webhooks/kiosk")).isIn(401, 403);
	}

	@Test
	void warnsOfRejectedPathForAccountsOfSource(CapturedOutput output) {
		start(SourceShop.class);
		assertThat(output).containsOnlyOnce(TURNED_AWAY).contains("the webhook endpoint /k2/webhooks/account. Permit");
	}

	@Test
	void doesNotWarnOfMissingDefaultAccount(CapturedOutput output) {
		startWithoutDefaultAccount(AccountsShop.class, "k2.accounts.kiosk.api-key=another-key");
		assertThat(output).doesNotContain(TURNED_AWAY).doesNotContain(PROTECTED);
	}

	@Test
	void warnsWhenCsrfTokenIsRequired(CapturedOutput output) throws Exception {
		start(CsrfShop.class, "server.servlet.context-path=/shop", "k2.accounts.kiosk.api-key=another-key");
		assertThat(output).doesNotContain(TURNED_AWAY)
			.containsOnlyOnce(PROTECTED + "/k2/webhooks, /k2/webhooks/kiosk, which Kopo Kopo does not send");
		assertThat(deliver("/shop/k2/webhooks")).isIn(401, 403);
	}

	@Test
	void doesNotWarnWhenOwnFilterChainHasNoCsrfProtection(CapturedOutput output) throws Exception {
		start(TwoChainsShop.class, "k2.accounts.kiosk.api-key=another-key");
		assertThat(output).contains("k2-connect uses").doesNotContain(TURNED_AWAY).doesNotContain(PROTECTED);
		assertThat(deliver("/k2/webhooks")).isEqualTo(200);
	}

	@Test
	void doesNotWarnWhenSpringSecurityIgnoresEndpoint(CapturedOutput output) throws Exception {
		start(IgnoringShop.class);
		assertThat(output).contains("k2-connect uses").doesNotContain(TURNED_AWAY).doesNotContain(PROTECTED);
		assertThat(deliver("/k2/webhooks")).isEqualTo(200);
	}

	@Test
	void doesNotWarnWhenDecisionDependsOnRequest(CapturedOutput output) throws Exception {
		start(LocalShop.class);
		assertThat(output).doesNotContain(TURNED_AWAY);
		assertThat(deliver("/k2/webhooks")).isEqualTo(200);
	}

	@ParameterizedTest
	@CsvSource(textBlock = """
			k2.enabled=true, spring.main.banner-mode=off, /k2/webhooks
			k2.webhook.path=/hooks/kopo-kopo, spring.main.banner-mode=off, /hooks/kopo-kopo
			spring.mvc.servlet.path=/api, server.servlet.context-path=/shop, /shop/api/k2/webhooks
			""")
	void matchesWebhooksAtAnyPath(String property, String another, String path) throws Exception {
		start(SecuredShop.class, property, another);
		assertThat(deliver(path)).isEqualTo(200);
		assertThat(events()).hasSize(1);
	}

	@Test
	void leavesSignatureToEndpoint() throws Exception {
		start(SecuredShop.class);
		HttpResponse<Void> answer = this.http
			.send(request("/k2/webhooks").POST(BodyPublishers.ofString(WEBHOOK)).build(), BodyHandlers.discarding());
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.headers().firstValue("WWW-Authenticate")).isEmpty();
		assertThat(events()).isEmpty();
	}

	@Test
	void doesNotMatchOtherRequests() throws Exception {
		start(SecuredShop.class);
		assertThat(status(request("/orders"))).isEqualTo(401);
		assertThat(status(request("/k2/webhooks"))).isEqualTo(401);
		assertThat(status(request("/k2/webhooks/orders"))).isEqualTo(401);
		assertThat(status(request("/orders").header("Authorization", USER))).isEqualTo(200);
	}

	@Test
	void keepsCsrfProtectionOfOtherPaths() throws Exception {
		start(SecuredShop.class);
		for (String path : List.of("/orders", "/k2/webhooks/orders", "/k2/webhooks;/orders", "/K2/WEBHOOKS")) {
			for (HttpRequest.Builder request : List.of(request(path), request(path).header("Authorization", USER))) {
				assertThat(status(request.POST(BodyPublishers.noBody()))).as(path).isIn(400, 401, 403);
			}
		}
		assertThat(context().getBean(Shop.class).requests).hasValue(0);
	}

	@ParameterizedTest
	@ValueSource(strings = { "k2.webhook.enabled=false", "k2.enabled=false" })
	void matchesNothingWithoutEndpoint(String property) throws Exception {
		start(SecuredShop.class, "k2.client-id=client", "k2.client-secret=s3cret", property);
		assertThat(deliver("/k2/webhooks")).isIn(401, 403);
	}

	@Test
	void leavesSecurityOfApplicationUnchanged() throws Exception {
		start(Shop.class);
		assertThat(context().getBeanNamesForType(SecurityFilterChain.class))
			.containsExactly("defaultSecurityFilterChain");
		assertThat(deliver("/k2/webhooks")).isIn(401, 403);
		assertThat(status(request("/orders"))).isEqualTo(401);
		assertThat(events()).isEmpty();
	}

	/**
	 * A shop with Boot's own security.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	@RestController
	static class Shop {

		private final AtomicInteger requests = new AtomicInteger();

		@RequestMapping({ "/orders", "/k2/webhooks/orders" })
		String orders() {
			return "request " + this.requests.incrementAndGet();
		}

	}

	/**
	 * A shop that permits webhooks.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import({ Shop.class, PermittedWebhooks.class })
	static class SecuredShop {

	}

	/**
	 * A shop that permits the path of the default account only.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class SinglePathShop {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/k2/webhooks").permitAll().anyRequest().authenticated());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

	/**
	 * A shop that permits the path of the default account only, and has a source.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(SinglePathShop.class)
	static class SourceShop {

		@Bean
		K2AccountSource accounts() {
			return (name) -> Optional.empty();
		}

	}

	/**
	 * A shop that permits the paths of named accounts only.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class AccountsShop {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			http.authorizeHttpRequests(
					(requests) -> requests.requestMatchers("/k2/webhooks/*").permitAll().anyRequest().authenticated());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

	/**
	 * A shop that permits webhooks and forgot their exemption from CSRF protection.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class CsrfShop {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.requestMatchers(K2WebhookRequest.toWebhook())
				.permitAll()
				.anyRequest()
				.authenticated());
			http.httpBasic(Customizer.withDefaults());
			return http.build();
		}

	}

	/**
	 * A shop with a filter chain for webhooks before its own.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class TwoChainsShop {

		@Bean
		@Order(1)
		SecurityFilterChain webhooks(HttpSecurity http) {
			http.securityMatcher(K2WebhookRequest.toWebhook());
			http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll());
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

		@Bean
		@Order(2)
		SecurityFilterChain pages(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest().authenticated());
			return http.build();
		}

	}

	/**
	 * A shop whose Spring Security ignores the endpoint.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class IgnoringShop {

		@Bean
		WebSecurityCustomizer ignoring() {
			return (web) -> web.ignoring().requestMatchers("/k2/webhooks");
		}

	}

	/**
	 * A shop whose authorization depends on the request.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class LocalShop {

		@Bean
		SecurityFilterChain securityFilterChain(HttpSecurity http) {
			http.authorizeHttpRequests((requests) -> requests.anyRequest()
				.access((authentication,
						context) -> new AuthorizationDecision(context.getRequest().getRemoteAddr().length() > 1)));
			http.csrf((csrf) -> csrf.disable());
			return http.build();
		}

	}

}
