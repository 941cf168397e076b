package io.github.k2connect.platform;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.subscription.DeclaredSubscription.State;
import io.github.k2connect.subscription.K2Subscriptions;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedAccount;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, classes = Platform.class,
		properties = { "spring.config.location=optional:classpath:/platform/",
				"spring.sql.init.schema-locations=classpath:platform-schema.sql",
				"spring.datasource.generate-unique-name=true", "k2.callback-url=https://platform.example/k2/webhooks",
				"k2.scheduler.polling-interval=100ms", "platform.encryption.password=a-password",
				"platform.encryption.salt=5c0744940b5c369b" })
class PlatformTests {

	private static final K2Simulator simulator = K2Simulator.builder().account("plaza").account("towers").start();

	@LocalServerPort
	private int port;

	@Autowired
	private Merchants merchants;

	@Autowired
	private Rents rents;

	@Autowired
	private Onboarding onboarding;

	@Autowired
	private K2Subscriptions subscriptions;

	@Autowired
	private K2Accounts accounts;

	@Autowired
	private JdbcClient jdbc;

	@DynamicPropertySource
	static void connect(DynamicPropertyRegistry registry) {
		registry.add("k2.base-url", simulator::baseUrl);
	}

	@AfterAll
	static void stop() {
		simulator.close();
	}

	@BeforeEach
	void register() {
		simulator.callbackOrigin(URI.create("http://localhost:" + this.port));
		this.jdbc.sql("DELETE FROM rent").update();
		this.jdbc.sql("DELETE FROM merchant").update();
		for (String name : List.of("plaza", "towers")) {
			SimulatedAccount account = simulator.account(name);
			this.merchants.add(name, "K" + name.length() + "00000", account.clientId(), account.clientSecret(),
					account.apiKey());
		}
	}

	@Test
	void recordsRentsOfEachMerchantsOwnTenants() {
		this.rents.ask("plaza", SimulatedPhoneNumber.PAYS, 12_000);
		this.rents.ask("towers", SimulatedPhoneNumber.PAYS, 35_000);
		this.rents.ask("towers", SimulatedPhoneNumber.INSUFFICIENT_BALANCE, 99_000);
		Awaitility.await()
			.untilAsserted(() -> assertThat(received()).containsExactlyInAnyOrderEntriesOf(
					Map.of("plaza", new BigDecimal("12000.00"), "towers", new BigDecimal("35000.00"))));
	}

	@Test
	void subscribesForNewMerchantOnce() {
		this.jdbc.sql("DELETE FROM merchant WHERE name = 'plaza'").update();
		SimulatedAccount plaza = simulator.account("plaza");
		this.onboarding.register("plaza", "K500000", plaza.clientId(), plaza.clientSecret(), plaza.apiKey());
		Awaitility.await()
			.atMost(Duration.ofSeconds(30))
			.untilAsserted(() -> assertThat(this.subscriptions.declared()).singleElement()
				.satisfies((declared) -> assertThat(declared.account()).isEqualTo("plaza"))
				.satisfies((declared) -> assertThat(declared.state()).isEqualTo(State.CREATED)));
		assertThat(simulator.requests()).filteredOn((request) -> request.path().endsWith("/webhook_subscriptions"))
			.hasSize(1);
	}

	@Test
	void encryptsStoredSecrets() {
		SimulatedAccount plaza = simulator.account("plaza");
		assertThat(this.jdbc
			.sql("SELECT client_secret FROM merchant WHERE name = 'plaza' UNION ALL"
					+ " SELECT api_key FROM merchant WHERE name = 'plaza'")
			.query((row, number) -> new String(row.getBytes(1), StandardCharsets.ISO_8859_1))
			.list()).hasSize(2)
			.noneMatch((secret) -> secret.contains(plaza.clientSecret()) || secret.contains(plaza.apiKey()));
	}

	@Test
	void losesNoMessageWhileKeyIsRotated() throws Exception {
		AtomicReference<String> signingKey = new AtomicReference<>(simulator.account("plaza").apiKey());
		AtomicBoolean rotated = new AtomicBoolean();
		List<Integer> responses = new CopyOnWriteArrayList<>();
		Thread kopoKopo = new Thread(() -> {
			while (!rotated.get()) {
				responses.add(simulator.account("plaza")
					.deliver(SimulatedResult.stkPush().paid().signedWith(signingKey.get())));
			}
		});
		kopoKopo.start();
		awaitMore(responses);
		this.merchants.changeApiKey("plaza", "the-new-key");
		awaitMore(responses);
		signingKey.set("the-new-key");
		awaitMore(responses);
		this.merchants.removePreviousApiKey("plaza");
		awaitMore(responses);
		rotated.set(true);
		kopoKopo.join();
		assertThat(responses).containsOnly(200);
		assertThat(simulator.account("plaza").deliver(SimulatedResult.stkPush().paid())).as("the old key")
			.isEqualTo(401);
	}

	@Test
	void findsAddedMerchantAtOnceAfterEarlierLookUp() {
		this.jdbc.sql("DELETE FROM merchant WHERE name = 'plaza'").update();
		this.accounts.forget("plaza");
		SimulatedAccount account = simulator.account("plaza");
		assertThat(account.deliver(SimulatedResult.stkPush().paid())).isEqualTo(401);
		this.merchants.add("plaza", "K500000", account.clientId(), account.clientSecret(), account.apiKey());
		assertThat(account.deliver(SimulatedResult.stkPush().paid())).isEqualTo(200);
	}

	private static void awaitMore(List<Integer> responses) {
		int before = responses.size();
		Awaitility.await().until(() -> responses.size() > before + 10);
	}

	private Map<String, BigDecimal> received() {
		return this.jdbc.sql("SELECT merchant, SUM(amount) AS amount FROM rent GROUP BY merchant")
			.query((row, number) -> Map.entry(row.getString("merchant"), row.getBigDecimal("amount")))
			.list()
			.stream()
			.collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
	}

}
