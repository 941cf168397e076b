package io.github.k2connect.webhook.endpoint;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoints of accounts, on both web stacks: keys, events and failures are
 * separate.
 */
class AccountEndpointTests {

	private static final byte[] BODY = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private final HttpClient client = HttpClient.newHttpClient();

	@SuppressWarnings("NullAway.Init") // each test starts it
	private ConfigurableApplicationContext application;

	@AfterEach
	void close() {
		this.application.close();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void verifiesMessageWithKeysOfAccountInPath(WebApplicationType stack) throws Exception {
		start(stack);
		assertThat(deliver("", "key-of-default")).isEqualTo(200);
		assertThat(deliver("/kiosk", "key-of-kiosk")).isEqualTo(200);
		assertThat(deliver("/kiosk", "old-key-of-kiosk")).isEqualTo(200);
		assertThat(deliver("/school", "key-of-school")).isEqualTo(200);
		assertThat(events()).as("the same id in each account")
			.extracting(K2Event::account)
			.containsExactly("default", "kiosk", "school");
		assertThat(deliver("/kiosk", "key-of-school")).isEqualTo(401);
		assertThat(deliver("/kiosk", "key-of-default")).isEqualTo(401);
		assertThat(deliver("/school", "old-key-of-kiosk")).isEqualTo(401);
		assertThat(deliver("", "key-of-kiosk")).isEqualTo(401);
		assertThat(events()).hasSize(3);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void usesChangedKeyOfSourceAfterForget(WebApplicationType stack) throws Exception {
		start(stack);
		source().keys.put("rent", "old");
		assertThat(deliver("/rent", "old")).isEqualTo(200);
		source().keys.put("rent", "new");
		this.application.getBean(K2Accounts.class).forget("rent");
		assertThat(deliver("/rent", "old")).isEqualTo(401);
		assertThat(deliver("/rent", "new")).isEqualTo(200);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void limitsLookUpsForForgedMessages(WebApplicationType stack) throws Exception {
		start(stack);
		source().keys.put("rent", "key-of-rent");
		for (int i = 0; i < 20; i++) {
			assertThat(deliver("/rent", "forged")).isEqualTo(401);
		}
		assertThat(source().lookUps.get()).isLessThanOrEqualTo(2);
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void respondsWith503WhenSourceFails(WebApplicationType stack) throws Exception {
		start(stack);
		source().keys.put("rent", "key-of-rent");
		source().away = true;
		assertThat(deliver("/rent", "key-of-rent")).isEqualTo(503);
		assertThat(deliver("/kiosk", "key-of-kiosk")).as("another account").isEqualTo(200);
		source().away = false;
		Awaitility.await().untilAsserted(() -> assertThat(deliver("/rent", "key-of-rent")).isEqualTo(200));
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void separatesAccountsInInbox(WebApplicationType stack) throws Exception {
		start(stack, "--k2.webhook.mode=inbox", "--k2.store.type=jdbc",
				"--spring.datasource.generate-unique-name=true");
		for (int i = 0; i < 2; i++) {
			assertThat(deliver("", "key-of-default")).isEqualTo(200);
			assertThat(deliver("/kiosk", "key-of-kiosk")).isEqualTo(200);
			assertThat(deliver("/kiosk", "key-of-default")).isEqualTo(401);
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(events()).extracting(K2Event::account)
				.containsExactlyInAnyOrder("default", "kiosk"));
	}

	private void start(WebApplicationType stack, String... more) {
		SpringApplication spring = new SpringApplication(Platform.class);
		spring.setWebApplicationType(stack);
		spring.setDefaultProperties(Map.of("server.port", "0", "k2.api-key", "key-of-default", "k2.store.type",
				"memory", "k2.accounts.kiosk.api-key", "key-of-kiosk", "k2.accounts.kiosk.previous-api-keys",
				"old-key-of-kiosk", "k2.accounts.school.api-key", "key-of-school", "k2.accounts.keyless.client-id",
				"client", "k2.accounts.keyless.client-secret", "secret"));
		this.application = spring.run(more);
	}

	private int deliver(String path, String key) throws IOException, InterruptedException {
		String port = this.application.getEnvironment().getRequiredProperty("local.server.port");
		return this.client
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks" + path))
				.POST(HttpRequest.BodyPublishers.ofByteArray(BODY))
				.header("Content-Type", "application/json")
				.header(SignatureVerifier.HEADER, Signatures.sign(key, BODY))
				.build(), BodyHandlers.discarding())
			.statusCode();
	}

	private List<K2Event> events() {
		return this.application.getBean(EventRecorder.class).events();
	}

	private Source source() {
		return this.application.getBean(Source.class);
	}

	@SpringBootConfiguration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import({ EventRecorder.class, Source.class })
	static class Platform {

	}

	static class Source implements K2AccountSource {

		private final Map<String, String> keys = new ConcurrentHashMap<>();

		private final AtomicInteger lookUps = new AtomicInteger();

		private volatile boolean away;

		@Override
		public Optional<K2AccountSettings> find(String name) {
			this.lookUps.incrementAndGet();
			if (this.away) {
				throw new IllegalStateException("The database is away");
			}
			return Optional.ofNullable(this.keys.get(name))
				.map((key) -> K2AccountSettings.builder().apiKey(key).build());
		}

	}

}
