package io.github.k2connect.delivery;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

import io.github.k2connect.Proofs;
import io.github.k2connect.TestTables;
import io.github.k2connect.event.DetectedSample;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.inbox.TestInbox;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.test.EmbeddedKafkaBroker;
import org.springframework.kafka.test.EmbeddedKafkaKraftBroker;
import org.springframework.kafka.test.utils.KafkaTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Two instances send their events to Kafka, with Spring Modulith. One of them is killed
 * under load.
 */
@Tag("long")
class BrokerTests {

	private static final Log logger = LogFactory.getLog(BrokerTests.class);

	private static final int EVENTS = Proofs.size(400, 5_000);

	private final EmbeddedKafkaBroker broker = new EmbeddedKafkaKraftBroker(1, 4, EventsToKafka.TOPIC);

	@BeforeEach
	void startBroker() {
		this.broker.afterPropertiesSet();
	}

	@AfterEach
	void stopBroker() {
		this.broker.destroy();
	}

	@ParameterizedTest
	@ValueSource(strings = { "direct", "inbox" })
	void sendsEveryEventAtLeastOnceThoughInstanceIsKilled(String mode,
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs) throws Exception {
		if (mode.equals("direct")) {
			Proofs.assumeFull("direct mode");
		}
		List<Message> messages = Message.many(EVENTS);
		Set<String> expected = messages.stream()
			.map((message) -> "default " + message.effect())
			.filter((name) -> !name.endsWith(" Pending"))
			.collect(Collectors.toSet());
		DetectedSample.events()
			.map((event) -> "shop " + event.getClass().getSimpleName() + " " + event.id())
			.forEach(expected::add);
		try (DatabaseServer server = Database.POSTGRESQL.start(); Consumer<String, String> consumer = consumer()) {
			server.createEventPublications();
			List<String> arguments = server.arguments("--without.modulith=", "--k2.webhook.mode=" + mode,
					"--k2.scheduler.heartbeat-interval=1s",
					"--spring.kafka.bootstrap-servers=" + this.broker.getBrokersAsString(),
					"--events.resubmit-after=5s", "--spring.modulith.events.staleness.resubmitted=10s",
					"--spring.modulith.events.staleness.check-interval=5s");
			List<ConsumerRecord<String, String>> records = new ArrayList<>();
			try (Instance lasting = new Instance(BrokerApplication.class, logs.resolve("lasting.log"), arguments);
					Instance mortal = new Instance(BrokerApplication.class, logs.resolve("mortal.log"), arguments);
					Deliveries all = new Deliveries(List.of(lasting.port(), mortal.port()))) {
				lasting.awaitReady();
				mortal.awaitReady();
				all.add(messages.stream().map(Message::write).toList());
				all.awaitAccepted(EVENTS / 2);
				TestInbox.ownEvents(new TaskTable(TestTables.of(server.dataSource())), Clock.systemUTC())
					.store(DetectedSample.events().toList(), () -> {
					});
				mortal.kill();
				crashDuringSecondAttempt(server);
				all.awaitAccepted(EVENTS);
				Awaitility.await().atMost(Duration.ofMinutes(3)).until(() -> {
					consumer.poll(Duration.ofMillis(100)).forEach(records::add);
					return names(records).keySet().containsAll(expected)
							&& server.count("event_publication WHERE completion_date IS NULL") == 0;
				});
			}
			Map<String, Long> names = names(records);
			logger.info("In " + mode + " mode " + names.values().stream().filter((copies) -> copies > 1).count()
					+ " of " + names.size() + " events are in the topic more than once");
			assertThat(names.keySet()).isEqualTo(expected);
			assertThat(records).filteredOn((record) -> !record.key().equals("shop"))
				.allMatch((record) -> record.value().contains("\"tillNumber\":\"" + record.key() + "\""));
		}
	}

	/**
	 * Let all that was published before the crash be what the instance was to send again.
	 */
	private static void crashDuringSecondAttempt(DatabaseServer server) {
		JdbcClient.create(server.dataSource())
			.sql("UPDATE event_publication SET status = 'RESUBMITTED', completion_date = NULL")
			.update();
	}

	private Consumer<String, String> consumer() {
		KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
				KafkaTestUtils.consumerProps(this.broker, "accounting", true), new StringDeserializer(),
				new StringDeserializer());
		this.broker.consumeFromAllEmbeddedTopics(consumer);
		return consumer;
	}

	private static Map<String, Long> names(List<ConsumerRecord<String, String>> records) {
		return records.stream()
			.collect(Collectors
				.groupingBy((record) -> new String(record.headers().lastHeader(EventsToKafka.NAME).value(),
						StandardCharsets.UTF_8), TreeMap::new, Collectors.counting()));
	}

}
