package io.github.k2connect.account;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.WireMock;
import com.github.tomakehurst.wiremock.core.WireMockConfiguration;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Location;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.token.TokenStatus;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.beans.factory.support.StaticListableBeanFactory;
import org.springframework.boot.http.client.ClientHttpRequestFactoryBuilder;
import org.springframework.boot.http.client.HttpClientSettings;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.containing;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.matchingJsonPath;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class K2AccountsTests {

	private static final URI CALLBACK = URI.create("https://duka.example/k2/webhooks");

	private final WireMockServer server = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final WireMockServer otherServer = new WireMockServer(WireMockConfiguration.options().dynamicPort());

	private final StaticListableBeanFactory beans = new StaticListableBeanFactory();

	@BeforeEach
	void start() {
		for (WireMockServer each : new WireMockServer[] { this.server, this.otherServer }) {
			each.start();
			for (String name : new String[] { "kiosk", "school" }) {
				each.stubFor(WireMock.post("/oauth/token")
					.withRequestBody(containing("client_id=client-of-" + name))
					.willReturn(WireMock.okJson("{\"access_token\":\"token-of-" + name + "\",\"expires_in\":3600}")));
			}
			each.stubFor(WireMock.post(WireMock.urlPathMatching("/api/v[12]/incoming_payments"))
				.willReturn(WireMock.created().withHeader("Location", "/api/v1/incoming_payments/1")));
		}
	}

	@AfterEach
	void stop() {
		this.server.stop();
		this.otherServer.stop();
	}

	@Test
	void sendsTokenOfEachAccount() {
		K2Accounts accounts = accounts(Map.of("kiosk", settings("kiosk"), "school", settings("school")), null);
		accounts.get("kiosk").stk().initiateIncomingPayment(push());
		accounts.get("school").stk().initiateIncomingPayment(push());
		accounts.get("kiosk").stk().initiateIncomingPayment(push());
		verifyPushes(2, "/api/v1/incoming_payments", "kiosk");
		verifyPushes(1, "/api/v1/incoming_payments", "school");
		this.server.verify(2, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void requestsOneTokenForAllWaitingCallers() throws Exception {
		K2Accounts accounts = accounts(Map.of(), (name) -> Optional.of(settings(name)));
		ExecutorService callers = Executors.newFixedThreadPool(30);
		IntStream.range(0, 60)
			.forEach((i) -> callers.execute(() -> accounts.get("kiosk").stk().initiateIncomingPayment(push())));
		callers.shutdown();
		assertThat(callers.awaitTermination(30, TimeUnit.SECONDS)).isTrue();
		verifyPushes(60, "/api/v1/incoming_payments", "kiosk");
		this.server.verify(1, postRequestedFor(urlEqualTo("/oauth/token")));
	}

	@Test
	void appendsNameToDefaultCallbackUrl() {
		accounts(Map.of("kiosk", settings("kiosk")), null).get("kiosk").stk().initiateIncomingPayment(push());
		this.server.verify(postRequestedFor(urlEqualTo("/api/v1/incoming_payments"))
			.withRequestBody(matchingJsonPath("$._links.callback_url", equalTo(CALLBACK + "/kiosk"))));
	}

	@Test
	void prefersPropertiesOfAccountToDefaults() {
		K2AccountSettings settings = K2AccountSettings.builder()
			.clientId("client-of-kiosk")
			.clientSecret("secret")
			.baseUrl(URI.create(this.otherServer.baseUrl()))
			.apiVersion(ApiVersion.V2)
			.callbackUrl(URI.create("https://kiosk.example/hooks"))
			.build();
		accounts(Map.of("kiosk", settings), null).get("kiosk").stk().initiateIncomingPayment(push());
		this.otherServer.verify(postRequestedFor(urlEqualTo("/api/v2/incoming_payments"))
			.withHeader("Authorization", equalTo("Bearer token-of-kiosk"))
			.withRequestBody(matchingJsonPath("$._links.callback_url", equalTo("https://kiosk.example/hooks"))));
		assertThat(this.server.getAllServeEvents()).isEmpty();
	}

	@Test
	void doesNotFetchLocationOfAnotherAccountsOrigin() {
		K2AccountSettings elsewhere = K2AccountSettings.builder()
			.clientId("client-of-school")
			.clientSecret("secret")
			.baseUrl(URI.create(this.otherServer.baseUrl()))
			.build();
		K2Accounts accounts = accounts(Map.of("kiosk", settings("kiosk"), "school", elsewhere), null);
		K2Location location = accounts.get("kiosk").stk().initiateIncomingPayment(push());
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> accounts.get("school").stk().getStatus(location));
		assertThat(this.otherServer.getAllServeEvents()).isEmpty();
	}

	@Test
	void sharesHttpClientAndCustomizersBetweenAccounts() {
		AtomicInteger httpClients = new AtomicInteger();
		K2ClientSettings settings = K2ClientSettings.of(URI.create(this.server.baseUrl()));
		K2ClientFactory clients = new K2ClientFactory(
				settings.with(settings.baseUrl(), settings.apiVersion(), CALLBACK), RestClient.builder(),
				ClientHttpRequestFactoryBuilder.jdk().withHttpClientCustomizer((http) -> httpClients.incrementAndGet()),
				HttpClientSettings.defaults(), List.of((builder) -> builder.defaultHeader("X-Platform", "rents")));
		K2Accounts accounts = accounts(clients, Map.of(), (name) -> Optional.of(settings("kiosk")));
		for (int i = 0; i < 100; i++) {
			accounts.get("kiosk-" + i).stk().initiateIncomingPayment(push());
		}
		assertThat(httpClients).hasValue(1);
		this.server.verify(100,
				postRequestedFor(urlEqualTo("/api/v1/incoming_payments")).withHeader("X-Platform", equalTo("rents")));
	}

	@Test
	void rejectsUnknownAccount() {
		K2Accounts accounts = accounts(Map.of("kiosk", settings("kiosk")), (name) -> Optional.empty());
		assertThatExceptionOfType(UnknownK2AccountException.class).isThrownBy(() -> accounts.get("nobody"))
			.satisfies((ex) -> assertThat(ex.name()).isEqualTo("nobody"))
			.withMessage("There is no Kopo Kopo account \"nobody\", neither in k2.accounts nor in a K2AccountSource");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			Plaza Ltd | "Plaza Ltd" cannot be
			'' | "" cannot be
			'kiosk\nforged line' | "kiosk<EOL>forged line" cannot be
			""")
	void explainsRuleForInvalidName(String name, String message) {
		K2Accounts accounts = accounts(Map.of(), null);
		assertThatExceptionOfType(UnknownK2AccountException.class).isThrownBy(() -> accounts.get(name))
			.withMessage(message + " the name of a Kopo Kopo account: a name is 1 to 40 lower-case letters, digits"
					+ " and hyphens");
	}

	@Test
	void shortensLongNameInMessage() {
		K2Accounts accounts = accounts(Map.of(), null);
		assertThatExceptionOfType(UnknownK2AccountException.class).isThrownBy(() -> accounts.get("A".repeat(10_000)))
			.satisfies((ex) -> assertThat(ex.getMessage()).hasSizeLessThan(200));
	}

	@Test
	void doesNotLookUpInvalidName() {
		K2Accounts accounts = accounts(Map.of(), (name) -> {
			throw new AssertionError("asked for " + name);
		});
		for (String name : new String[] { "", "Kiosk", "a b", "../kiosk", "a".repeat(41), "kiosk\n" }) {
			assertThatExceptionOfType(UnknownK2AccountException.class).isThrownBy(() -> accounts.get(name));
		}
	}

	@Test
	void prefersConfigurationToSource() {
		K2Accounts accounts = accounts(Map.of("kiosk", settings("kiosk")), (name) -> {
			throw new AssertionError("asked for " + name);
		});
		assertThat(accounts.get("kiosk").name()).isEqualTo("kiosk");
		assertThat(accounts.configuredNames()).containsExactly("default", "kiosk");
	}

	@Test
	void hasNoServicesForAccountWithApiKeyOnly() {
		K2AccountSettings settings = K2AccountSettings.builder().apiKey("key").build();
		K2Account account = accounts(Map.of("kiosk", settings), null).get("kiosk");
		assertThatIllegalStateException().isThrownBy(account::stk).withMessageContaining("client id");
		assertThat(account.webhookParser()).isNotNull();
	}

	@Test
	void hasNoParserForAccountWithoutApiKey() {
		K2Account account = accounts(Map.of("kiosk", settings("kiosk")), null).get("kiosk");
		assertThatIllegalStateException().isThrownBy(account::webhookParser).withMessageContaining("API key");
	}

	@Test
	void explainsMissingPropertiesOfDefaultAccount() {
		K2Account account = accounts(Map.of(), null).defaultAccount();
		assertThat(account.name()).isEqualTo("default");
		assertThatIllegalStateException().isThrownBy(account::stk).withMessageContaining("StkService");
	}

	@Test
	void namesStatusOfTokensOfConfiguredAccounts() {
		K2Accounts accounts = accounts(
				Map.of("kiosk", settings("kiosk"), "parser", K2AccountSettings.builder().apiKey("key").build()),
				(name) -> Optional.of(settings("school")));
		accounts.get("school").stk().initiateIncomingPayment(push());
		assertThat(accounts.tokenStatuses()).containsExactly(Map.entry("kiosk", TokenStatus.NONE));
		accounts.get("kiosk").stk().initiateIncomingPayment(push());
		assertThat(accounts.tokenStatuses()).hasEntrySatisfying("kiosk",
				(status) -> assertThat(status.expiresAt()).isAfter(Instant.now()));
	}

	@Test
	void namesStatusOfTokenOfDefaultAccount() {
		TokenService tokens = new TokenService(defaultClients().create(),
				new K2Credentials("client-of-kiosk", "secret"));
		this.beans.addBean("tokens", tokens);
		K2Accounts accounts = accounts(Map.of(), null);
		assertThat(accounts.tokenStatuses()).containsExactly(Map.entry("default", TokenStatus.NONE));
		tokens.getToken();
		assertThat(accounts.tokenStatuses()).containsExactly(Map.entry("default", tokens.status()));
	}

	@Test
	void usesChangedSettingsAfterForget() {
		AtomicReference<K2AccountSettings> settings = new AtomicReference<>(settings("kiosk"));
		K2Accounts accounts = accounts(Map.of(), (name) -> Optional.of(settings.get()));
		accounts.get("kiosk").stk().initiateIncomingPayment(push());
		settings.set(settings("school"));
		accounts.forget("kiosk");
		accounts.get("kiosk").stk().initiateIncomingPayment(push());
		verifyPushes(1, "/api/v1/incoming_payments", "kiosk");
		verifyPushes(1, "/api/v1/incoming_payments", "school");
	}

	private K2ClientFactory defaultClients() {
		K2ClientSettings defaults = K2ClientSettings.of(URI.create(this.server.baseUrl()));
		return new K2ClientFactory(defaults.with(defaults.baseUrl(), defaults.apiVersion(), CALLBACK));
	}

	private K2Accounts accounts(Map<String, K2AccountSettings> configured, @Nullable K2AccountSource source) {
		return accounts(defaultClients(), configured, source);
	}

	private K2Accounts accounts(K2ClientFactory clients, Map<String, K2AccountSettings> configured,
			@Nullable K2AccountSource source) {
		return new K2Accounts(this.beans,
				new AccountConnections(() -> clients, Duration.ofSeconds(60), ObservationRegistry.NOOP), configured,
				source, new K2Properties.AccountSource(1000, Duration.ofMinutes(10)), Ticker.SYSTEM);
	}

	private void verifyPushes(int count, String path, String account) {
		this.server.verify(count,
				postRequestedFor(urlEqualTo(path)).withHeader("Authorization", equalTo("Bearer token-of-" + account)));
	}

	private static K2AccountSettings settings(String name) {
		return K2AccountSettings.builder().clientId("client-of-" + name).clientSecret("secret").build();
	}

	private static StkPushRequest push() {
		return StkPushRequest.builder().tillNumber("K000000").phoneNumber("0712345678").amount(100).build();
	}

}
