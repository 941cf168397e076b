package io.github.k2connect.delivery;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import io.github.k2connect.Proofs;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every event has its effect once: at two instances that share a database, whose listener
 * fails at random and of which one is killed under load and started again.
 */
@Tag("long")
class ExactlyOnceTests {

	private static final Log logger = LogFactory.getLog(ExactlyOnceTests.class);

	private static final int FEW = 500;

	private static final int EVENTS_UNDER_PRESSURE = Proofs.size(400, 2_000);

	private static final int DELIVERIES_OF_EACH = 4;

	@ParameterizedTest
	@EnumSource
	void handlesEveryEventOnce(Database database, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		proveItIn("direct", database, logs);
	}

	@ParameterizedTest
	@EnumSource
	void handlesEveryEventOnceInInboxMode(Database database, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		proveItIn("inbox", database, logs);
	}

	private static void proveItIn(String mode, Database database, Path logs) throws Exception {
		database.assumeProof();
		List<Message> messages = Message.many(events(database));
		List<byte[]> deliveries = shuffled(messages);
		try (DatabaseServer server = database.start()) {
			server.createEffects();
			List<String> arguments = server.arguments("--ledger.failures=0.05", "--k2.webhook.mode=" + mode,
					"--k2.webhook.inbox.first-delay=100ms",
					"--k2.scheduler.heartbeat-interval=" + heartbeat(database) + "s");
			try (Instance lasting = new Instance(LedgerApplication.class, logs.resolve("lasting.log"), arguments);
					Instance mortal = new Instance(LedgerApplication.class, logs.resolve("mortal.log"), arguments);
					Deliveries all = new Deliveries(List.of(lasting.port(), mortal.port()))) {
				lasting.awaitReady();
				mortal.awaitReady();
				Instant start = Instant.now();
				int before = deliveries.size() * 3 / 4;
				all.add(deliveries.subList(0, before));
				all.awaitAccepted(deliveries.size() / 4);
				mortal.kill();
				int acceptedBeforeItsDeath = all.acceptedBy(mortal);
				mortal.startAgain(arguments);
				mortal.awaitReady();
				all.add(deliveries.subList(before, deliveries.size()));
				all.awaitAccepted(deliveries.size());
				logger.info(figures(mode + " mode, " + database, all, deliveries.size(),
						Duration.between(start, Instant.now())));
				assertThat(all.answers().keySet()).isSubsetOf(200, 500, Deliveries.REFUSED, Deliveries.CUT_OFF)
					.contains(200, Deliveries.CUT_OFF);
				assertThat(all.answers().containsKey(500)).isEqualTo(mode.equals("direct"));
				if (mode.equals("inbox")) {
					awaitEmptyInbox(server);
				}
				assertThat(acceptedBeforeItsDeath).isPositive().isLessThan(all.acceptedBy(mortal));
			}
			assertThat(server.effects()).hasSize(messages.size())
				.hasSameElementsAs(messages.stream().map(Message::effect).toList());
			assertThat(server.count("k2_event")).isEqualTo(messages.size());
		}
	}

	/**
	 * A full proof has many events on the databases that are for production.
	 */
	private static int events(Database database) {
		return (database == Database.H2) ? FEW : Proofs.size(FEW, 5_000);
	}

	/**
	 * A full proof waits for k2-connect's default, on one database.
	 */
	private static int heartbeat(Database database) {
		return (database == Database.POSTGRESQL) ? Proofs.size(1, 8) : 1;
	}

	/**
	 * There are many more deliveries at a time than connections of the database, and
	 * listeners that need a second one, with Spring Modulith's registry. Of the listeners
	 * after the commit only those may be missing that were at work at the kill: the
	 * registry has them.
	 */
	@ParameterizedTest
	@EnumSource(names = { "H2", "POSTGRESQL" })
	void handlesEveryEventOnceUnderPressure(Database database, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		database.assumeProof();
		int pool = 5;
		List<Message> messages = Message.many(EVENTS_UNDER_PRESSURE);
		List<byte[]> deliveries = shuffled(messages);
		try (DatabaseServer server = database.start()) {
			AuditedApplication.createTables(server);
			List<String> arguments = server.arguments("--ledger.failures=0.05", "--without.modulith=",
					"--spring.datasource.hikari.maximum-pool-size=" + pool);
			try (Instance lasting = new Instance(AuditedApplication.class, logs.resolve("lasting.log"), arguments);
					Instance mortal = new Instance(AuditedApplication.class, logs.resolve("mortal.log"), arguments);
					Deliveries all = new Deliveries(List.of(lasting.port(), mortal.port()), 64)) {
				lasting.awaitReady();
				mortal.awaitReady();
				Instant start = Instant.now();
				int before = deliveries.size() * 3 / 4;
				all.add(deliveries.subList(0, before));
				all.awaitAccepted(deliveries.size() / 4);
				mortal.kill();
				mortal.startAgain(arguments);
				mortal.awaitReady();
				all.add(deliveries.subList(before, deliveries.size()));
				all.awaitAccepted(deliveries.size());
				logger.info(figures("under pressure, " + database, all, deliveries.size(),
						Duration.between(start, Instant.now())));
				assertThat(all.answers().keySet()).isSubsetOf(200, 500, Deliveries.REFUSED, Deliveries.CUT_OFF)
					.contains(200, 500, Deliveries.CUT_OFF);
				assertThat(all.answeredWithin(1)).isLessThan(Duration.ofSeconds(15));
			}
			List<String> events = messages.stream().map(Message::effect).toList();
			assertThat(server.effects()).hasSize(events.size()).hasSameElementsAs(events);
			List<String> receipts = server.events("receipt");
			assertThat(receipts).doesNotHaveDuplicates();
			assertThat(events.size() - receipts.size()).as("receipts that are missing")
				.isLessThanOrEqualTo((int) server.count("event_publication WHERE completion_date IS NULL"))
				.isLessThanOrEqualTo(pool / 2);
		}
	}

	/**
	 * What the killed instance had in work is handled within a minute.
	 */
	private static void awaitEmptyInbox(DatabaseServer server) {
		Instant start = Instant.now();
		Awaitility.await().atMost(Duration.ofSeconds(90)).until(() -> server.count("k2_task") == 0);
		logger.info("The inbox was empty " + Duration.between(start, Instant.now()) + " after the last answer");
	}

	private static List<byte[]> shuffled(List<Message> messages) {
		Random random = new Random(messages.size());
		List<byte[]> deliveries = new ArrayList<>();
		for (int i = 0; i < DELIVERIES_OF_EACH; i++) {
			messages.forEach((message) -> deliveries.add(message.write(random)));
		}
		Collections.shuffle(deliveries, random);
		return deliveries;
	}

	private static String figures(String setting, Deliveries all, int accepted, Duration time) {
		return """
				%s: %d deliveries, each until it is answered 200, in %.1f s (%.0f/s); 99 %% of the answers within \
				%d ms, all within %d ms; besides, %d answered 500, %d cut off by the kill, %d refused until the restart"""
			.formatted(setting, accepted, time.toMillis() / 1000.0, accepted * 1000.0 / time.toMillis(),
					all.answeredWithin(0.99).toMillis(), all.answeredWithin(1).toMillis(), all.answered(500),
					all.answered(Deliveries.CUT_OFF), all.answered(Deliveries.REFUSED));
	}

}
