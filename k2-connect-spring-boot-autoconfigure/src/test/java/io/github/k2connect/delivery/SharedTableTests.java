package io.github.k2connect.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

import com.github.tomakehurst.wiremock.client.WireMock;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for instances with different settings that share the tables.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("databases")
class SharedTableTests {

	@RegisterExtension
	static final WireMockKopoKopo server = new WireMockKopoKopo();

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final Map<Database, DatabaseServer> SERVERS = new EnumMap<>(Database.class);

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database;

	SharedTableTests(Database kind) {
		this.database = Objects.requireNonNull(SERVERS.get(kind));
	}

	static Database[] databases() throws Exception {
		for (Database kind : Database.values()) {
			SERVERS.put(kind, kind.start());
		}
		return Database.values();
	}

	@AfterAll
	static void stop() throws Exception {
		for (DatabaseServer database : SERVERS.values()) {
			database.close();
		}
		SERVERS.clear();
	}

	@BeforeEach
	void empty() {
		Stream.of("k2_task", "k2_event", "effect")
			.forEach((table) -> this.database.jdbc().sql("DROP TABLE IF EXISTS " + table).update());
		this.database.createEffects();
	}

	private ConfigurableApplicationContext run(WebApplicationType type, String... arguments) {
		List<String> shared = this.database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY,
				"--k2.scheduler.polling-interval=50ms", "--k2.scheduler.heartbeat-interval=250ms");
		return new SpringApplicationBuilder(EffectApplication.class).web(type)
			.run(Stream.concat(shared.stream(), Stream.of(arguments)).toArray(String[]::new));
	}

	/**
	 * Receive an event in inbox mode that is not handled.
	 */
	private void receive(String id) throws Exception {
		try (ConfigurableApplicationContext inbox = run(WebApplicationType.SERVLET, "--k2.webhook.mode=inbox",
				"--listener.failing=true", "--k2.webhook.inbox.first-delay=1h")) {
			assertThat(deliver(inbox, id)).isEqualTo(200);
			Awaitility.await().atMost(LONG).until(() -> inbox.getBean(EffectApplication.class).calls() > 0);
			Awaitility.await().atMost(LONG).until(() -> failures() == 1);
		}
	}

	private int failures() {
		return this.database.jdbc()
			.sql("SELECT COALESCE(MAX(consecutive_failures), 0) FROM k2_task")
			.query(Integer.class)
			.single();
	}

	private int deliver(ConfigurableApplicationContext context, String id) throws Exception {
		return this.kopoKopo.deliver(Message.webhook(id).write(),
				context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	/**
	 * Make all rows due since longer than db-scheduler keeps rows of unknown tasks.
	 */
	private void dueSince20Days() {
		this.database.jdbc()
			.sql("UPDATE k2_task SET execution_time = ?")
			.param(Instant.now().minus(Duration.ofDays(20)).atOffset(ZoneOffset.UTC))
			.update();
	}

	@Test
	void directModeInstanceHandlesEventsOfInboxOnce() throws Exception {
		receive("1");
		receive("2");
		dueSince20Days();
		try (ConfigurableApplicationContext direct = run(WebApplicationType.SERVLET);
				ConfigurableApplicationContext other = run(WebApplicationType.SERVLET)) {
			Awaitility.await().atMost(LONG).until(() -> this.database.count("k2_task") == 0);
			assertThat(this.database.effects()).containsExactlyInAnyOrder("1", "2");
			assertThat(deliver(direct, "1")).isEqualTo(200);
			assertThat(deliver(other, "2")).isEqualTo(200);
			assertThat(this.database.effects()).hasSize(2);
		}
	}

	@Test
	void directModeInstanceRetriesParkedEvent() throws Exception {
		try (ConfigurableApplicationContext inbox = run(WebApplicationType.SERVLET, "--k2.webhook.mode=inbox",
				"--listener.failing=true", "--k2.webhook.inbox.max-attempts=1")) {
			assertThat(deliver(inbox, "1")).isEqualTo(200);
			Awaitility.await().atMost(LONG).until(() -> inbox.getBean(K2Inbox.class).parked().size() == 1);
		}
		try (ConfigurableApplicationContext direct = run(WebApplicationType.SERVLET)) {
			assertThat(direct.getBean(K2Inbox.class).retryAll()).isOne();
			Awaitility.await().atMost(LONG).until(() -> this.database.count("k2_task") == 0);
			assertThat(this.database.effects()).containsExactly("1");
		}
	}

	@Test
	void createsSubscriptionOnceAlthoughAnotherInstanceDeclaresNone() throws Exception {
		server.stubFor(WireMock.post("/api/v1/webhook_subscriptions")
			.willReturn(
					WireMock.created().withHeader("Location", server.baseUrl() + "/api/v1/webhook_subscriptions/s1")));
		String[] credentials = { "--k2.client-id=id", "--k2.client-secret=s3cret",
				"--k2.base-url=" + server.baseUrl() };
		String[] declaring = Stream
			.concat(Stream.of(credentials),
					Stream.of("--k2.webhook.subscriptions[0].event-type=buygoods_transaction_received",
							"--k2.webhook.subscriptions[0].scope=company",
							"--k2.webhook.subscriptions[0].url=https://duka.example/k2/webhooks"))
			.toArray(String[]::new);
		try (ConfigurableApplicationContext one = run(WebApplicationType.SERVLET, declaring)) {
			Awaitility.await().atMost(LONG).until(() -> posts() == 1 && isPostponed());
			assertThat(one.isActive()).isTrue();
		}
		dueSince20Days();
		try (ConfigurableApplicationContext other = run(WebApplicationType.SERVLET, credentials)) {
			Awaitility.await().atMost(LONG).until(this::isPostponed);
			assertThat(other.isActive()).isTrue();
		}
		dueSince20Days();
		try (ConfigurableApplicationContext one = run(WebApplicationType.SERVLET, declaring)) {
			Awaitility.await()
				.atMost(LONG)
				.until(() -> server
					.findAll(WireMock.getRequestedFor(WireMock.urlEqualTo("/api/v1/webhook_subscriptions/s1")))
					.size() >= 1);
			assertThat(one.isActive()).isTrue();
		}
		assertThat(posts()).isOne();
	}

	private static int posts() {
		return server.findAll(WireMock.postRequestedFor(WireMock.urlEqualTo("/api/v1/webhook_subscriptions"))).size();
	}

	/**
	 * Return whether the subscription is not due now: its next check is in a minute.
	 */
	private boolean isPostponed() {
		return this.database.jdbc()
			.sql("SELECT COUNT(*) FROM k2_task WHERE picked = ? AND execution_time > ?")
			.param(false)
			.param(Instant.now().plusSeconds(20).atOffset(ZoneOffset.UTC))
			.query(Long.class)
			.single() == 1;
	}

}
