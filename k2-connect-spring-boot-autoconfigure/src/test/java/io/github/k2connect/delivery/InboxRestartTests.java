package io.github.k2connect.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.testfixtures.ServerPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the inbox when PostgreSQL stops under load and starts again.
 */
@Tag("long")
class InboxRestartTests {

	private static final int EVENTS = 2_000;

	private final int port = ServerPort.find();

	@ParameterizedTest
	@ValueSource(strings = { "inbox", "direct" })
	void losesNoEventAndHandlesNoneTwice(String mode, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
			throws Exception {
		Path data = folder.resolve("data");
		EmbeddedPostgres first = PostgresqlServer.start(this.port, data);
		DatabaseServer server = new DatabaseServer(first.getJdbcUrl("postgres", "postgres"), "postgres", first);
		server.createEffects();
		List<String> arguments = server.arguments("--ledger.failures=0", "--k2.webhook.mode=" + mode,
				"--k2.webhook.inbox.first-delay=100ms", "--spring.datasource.hikari.connection-timeout=2000",
				"--k2.scheduler.heartbeat-interval=1s");
		List<Message> messages = Message.many(EVENTS);
		try (Instance instance = new Instance(LedgerApplication.class, folder.resolve("log"), arguments);
				Deliveries all = new Deliveries(List.of(instance.port()))) {
			instance.awaitReady();
			all.add(messages.stream().map(Message::write).toList());
			all.awaitAccepted(EVENTS / 4);
			first.close();
			Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> all.answered(500) > 50);
			try (EmbeddedPostgres second = PostgresqlServer.start(this.port, data)) {
				all.awaitAccepted(EVENTS);
				Awaitility.await()
					.atMost(Duration.ofSeconds(90))
					.until(() -> mode.equals("direct") || server.count("k2_task") == 0);
				assertThat(server.effects()).hasSize(EVENTS)
					.hasSameElementsAs(messages.stream().map(Message::effect).toList());
				assertThat(all.answers()).containsOnlyKeys(200, 500);
				assertThat(second.getPort()).isEqualTo(this.port);
			}
		}
	}

}
