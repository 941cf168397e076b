package io.github.k2connect.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.Sample;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.modulith.events.core.EventSerializer;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for listeners of Spring Modulith, with its event publication registry in the
 * database.
 */
@Tag("long")
class ModuleListenerTests {

	private static final String[] MODULITH = { "--without.modulith=", "--server.port=0",
			"--k2.api-key=" + KopoKopo.API_KEY };

	private static final String OUTSTANDING = "event_publication WHERE completion_date IS NULL";

	private final KopoKopo kopoKopo = new KopoKopo();

	private final Message message = Message.webhook("1");

	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRESQL" })
	void losesNothingWhenApplicationCrashesBetweenCommitAndListener(Database database,
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs) throws Exception {
		database.assumeProof();
		try (DatabaseServer server = database.start()) {
			server.createEffects();
			List<String> stuck = server.arguments("--without.modulith=", "--shipping.stuck=true");
			try (Instance instance = new Instance(ModuleApplication.class, logs.resolve("log"), stuck)) {
				instance.awaitReady();
				assertThat(this.kopoKopo.deliver(this.message.write(), instance.port())).isEqualTo(200);
				instance.kill();
				assertThat(server.effects()).containsExactly("booked 1");
				assertThat(server.count(OUTSTANDING)).isOne();
				instance.startAgain(server.arguments("--without.modulith=",
						"--spring.modulith.events.republish-outstanding-events-on-restart=true"));
				instance.awaitReady();
				assertThat(this.kopoKopo.deliver(this.message.write(), instance.port())).isEqualTo(200);
				awaitCompletion(server);
			}
			assertThat(server.effects()).containsExactlyInAnyOrder("booked 1", "shipped 1");
		}
	}

	@Test
	void callsModuleListenerAfterCommitOfDelivery() throws Exception {
		try (DatabaseServer server = Database.H2.start(); ConfigurableApplicationContext context = run(server)) {
			assertThat(deliver(context, this.message)).isEqualTo(200);
			awaitCompletion(server);
			assertThat(server.effects()).containsExactlyInAnyOrder("booked 1", "shipped 1");
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRESQL" })
	void callsModuleListenerInInboxMode(Database database) throws Exception {
		try (DatabaseServer server = database.start();
				ConfigurableApplicationContext context = run(server, "--k2.webhook.mode=inbox")) {
			assertThat(deliver(context, this.message)).isEqualTo(200);
			Awaitility.await()
				.atMost(Duration.ofSeconds(60))
				.untilAsserted(() -> assertThat(server.effects()).containsExactlyInAnyOrder("booked 1", "shipped 1"));
			awaitCompletion(server);
			assertThat(server.count("event_publication")).isOne();
		}
	}

	/**
	 * In the script of Spring Modulith for H2 the column ends at 4000 characters.
	 */
	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRESQL" })
	void storesLongEventWhenRegistryHasRoom(Database database) throws Exception {
		try (DatabaseServer server = database.start(); ConfigurableApplicationContext context = run(server)) {
			server.jdbc()
				.sql("ALTER TABLE event_publication ALTER COLUMN serialized_event SET DATA TYPE CHARACTER VARYING")
				.update();
			assertThat(deliver(context, Message.poll(500))).isEqualTo(200);
			awaitCompletion(server);
			assertThat(server.effects()).hasSize(2);
		}
	}

	@Test
	void doesNotCallModuleListenerAfterRollback() throws Exception {
		try (DatabaseServer server = Database.H2.start();
				ConfigurableApplicationContext context = run(server, "--booking.failing=true")) {
			assertThat(deliver(context, this.message)).isEqualTo(500);
			assertThat(server.count("event_publication")).isZero();
			assertThat(server.effects()).isEmpty();
		}
	}

	@Test
	void readsEveryEventFromRegistryUnchanged() throws Exception {
		try (DatabaseServer server = Database.H2.start(); ConfigurableApplicationContext context = run(server)) {
			EventSerializer serializer = context.getBean(EventSerializer.class);
			for (Sample sample : Sample.values()) {
				assertRoundTrip(serializer, sample.event());
			}
			assertRoundTrip(serializer, new UnrecognizedK2Event("1", K2Event.DEFAULT_ACCOUNT, null, "{\"id\": \"1\"}",
					"'topic' is missing"));
		}
	}

	private static void assertRoundTrip(EventSerializer serializer, K2Event event) {
		Object serialized = serializer.serialize(event);
		assertThat(serializer.deserialize(serialized, event.getClass())).isEqualTo(event).hasToString(event.toString());
	}

	private static ConfigurableApplicationContext run(DatabaseServer server, String... arguments) {
		server.createEffects();
		return new SpringApplicationBuilder(ModuleApplication.class).run(
				Stream.of(server.arguments(MODULITH), List.of(arguments)).flatMap(List::stream).toArray(String[]::new));
	}

	private int deliver(ConfigurableApplicationContext context, Message message) throws Exception {
		return this.kopoKopo.deliver(message.write(),
				context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	private static void awaitCompletion(DatabaseServer server) {
		Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> server.count(OUTSTANDING) == 0);
	}

}
