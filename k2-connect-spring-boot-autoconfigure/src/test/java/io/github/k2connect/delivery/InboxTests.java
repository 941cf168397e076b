package io.github.k2connect.delivery;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.ParkedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for inbox mode.
 */
@ParameterizedClass
@MethodSource("instances")
@ExtendWith(OutputCaptureExtension.class)
class InboxTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private static final List<InboxInstance> INSTANCES = new ArrayList<>();

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database;

	private final Application application;

	private final K2Inbox inbox;

	private final int port;

	InboxTests(InboxInstance instance) {
		this.database = instance.database();
		this.application = instance.context().getBean(Application.class);
		this.inbox = instance.context().getBean(K2Inbox.class);
		this.port = instance.context().getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	static List<InboxInstance> instances() throws Exception {
		for (Database kind : Database.available()) {
			INSTANCES.add(InboxInstance.start(kind));
		}
		return INSTANCES;
	}

	@AfterAll
	static void stop() throws IOException {
		for (InboxInstance instance : INSTANCES) {
			instance.close();
		}
		INSTANCES.clear();
	}

	@BeforeEach
	void empty() {
		this.application.failing.clear();
		this.application.blocked = new CountDownLatch(0);
		Awaitility.await().atMost(LONG).until(() -> {
			this.inbox.parked().forEach((parked) -> this.inbox.discard(parked.key()));
			return this.database.count("k2_task") == 0;
		});
		this.application.calls.clear();
		this.database.jdbc().sql("DELETE FROM effect").update();
		this.database.jdbc().sql("DELETE FROM k2_event").update();
	}

	private int deliver(String id) throws IOException {
		return this.kopoKopo.deliver(Message.webhook(id).write(), this.port);
	}

	private void awaitEmpty() {
		Awaitility.await().atMost(LONG).until(() -> this.database.count("k2_task") == 0);
	}

	private ParkedEvent awaitParked() {
		Awaitility.await().atMost(LONG).until(() -> !this.inbox.parked().isEmpty());
		return this.inbox.parked().get(0);
	}

	@Test
	void hasNoEventWithKeyThatDatabaseDoesNotAccept() {
		assertThat(this.inbox.retry("a\0b")).isFalse();
		assertThat(this.inbox.discard("a\0b")).isFalse();
	}

	@Test
	void acceptsEventBeforeListenersRunAndHandlesItOnce() throws Exception {
		this.application.blocked = new CountDownLatch(1);
		assertThat(deliver("1")).isEqualTo(200);
		assertThat(this.database.effects()).isEmpty();
		assertThat(this.inbox.waiting()).isOne();
		this.application.blocked.countDown();
		awaitEmpty();
		assertThat(this.database.effects()).containsExactly("1");
		assertThat(this.inbox.waiting()).isZero();
	}

	@Test
	void doesNotStoreDuplicateOfRunningEvent() throws Exception {
		this.application.blocked = new CountDownLatch(1);
		assertThat(deliver("1")).isEqualTo(200);
		Awaitility.await().atMost(LONG).until(() -> this.application.calls("1") == 1);
		assertThat(deliver("1")).isEqualTo(200);
		assertThat(this.database.count("k2_task")).isOne();
		this.application.blocked.countDown();
		awaitEmpty();
		assertThat(this.database.effects()).containsExactly("1");
		assertThat(this.application.calls("1")).isOne();
	}

	/**
	 * MariaDB stores the duplicate, and the attempt finds the record of the event.
	 */
	@Test
	void doesNotHandleDuplicateOfHandledEvent() throws Exception {
		assertThat(deliver("1")).isEqualTo(200);
		awaitEmpty();
		this.application.blocked = new CountDownLatch(1);
		assertThat(deliver("1")).isEqualTo(200);
		awaitEmpty();
		assertThat(this.application.calls("1")).isOne();
	}

	@Test
	void rollsBackFailedAttemptAndRepeatsIt() throws Exception {
		this.application.failing.put("1", new AtomicInteger(2));
		assertThat(deliver("1")).isEqualTo(200);
		awaitEmpty();
		assertThat(this.application.calls("1")).isEqualTo(3);
		assertThat(this.database.effects()).containsExactly("1");
		assertThat(this.database.count("k2_event")).isOne();
	}

	@Test
	void parksFailingEventWithoutDelayingOthers(CapturedOutput output) throws Exception {
		Instant start = Instant.now();
		this.application.failing.put("bad", new AtomicInteger(Integer.MAX_VALUE));
		assertThat(deliver("bad")).isEqualTo(200);
		assertThat(deliver("good")).isEqualTo(200);
		ParkedEvent parked = awaitParked();
		assertThat(parked.id()).isEqualTo("bad");
		assertThat(parked.kind()).isEqualTo("buygoods_transaction_received");
		assertThat(parked.account()).isEqualTo("default");
		assertThat(parked.attempts()).isEqualTo(3).isEqualTo(this.application.calls("bad"));
		assertThat(parked.receivedAt()).isBetween(start, Instant.now());
		assertThat(parked.lastFailedAt()).isBetween(parked.receivedAt(), Instant.now());
		Awaitility.await().atMost(LONG).until(() -> this.database.effects().equals(List.of("good")));
		assertThat(this.inbox.waiting()).isZero();
		assertThat(this.database.count("k2_event")).isOne();
		assertThat(output.getOut().split("Event \"bad\" \\(" + parked.key() + "\\) was not handled in 3 attempts"))
			.hasSize(2);
		assertThat(output).doesNotContain("+254999999999");
	}

	@Test
	void ignoresDuplicateOfParkedEvent() throws Exception {
		this.application.failing.put("1", new AtomicInteger(Integer.MAX_VALUE));
		assertThat(deliver("1")).isEqualTo(200);
		awaitParked();
		assertThat(deliver("1")).isEqualTo(200);
		assertThat(this.database.count("k2_task")).isOne();
		assertThat(this.inbox.parked()).hasSize(1);
		assertThat(this.inbox.waiting()).isZero();
		assertThat(this.application.calls("1")).isEqualTo(3);
	}

	@Test
	void handlesParkedEventAfterRetry() throws Exception {
		this.application.failing.put("1", new AtomicInteger(3));
		assertThat(deliver("1")).isEqualTo(200);
		ParkedEvent parked = awaitParked();
		assertThat(this.inbox.retry("unknown")).isFalse();
		assertThat(this.inbox.retry(parked.key())).isTrue();
		awaitEmpty();
		assertThat(this.database.effects()).containsExactly("1");
		assertThat(this.inbox.retry(parked.key())).isFalse();
	}

	@Test
	void givesRetriedEventAllAttemptsAgain() throws Exception {
		this.application.failing.put("1", new AtomicInteger(Integer.MAX_VALUE));
		assertThat(deliver("1")).isEqualTo(200);
		awaitParked();
		assertThat(this.inbox.retryAll()).isOne();
		Awaitility.await().atMost(LONG).until(() -> this.application.calls("1") == 6 && !this.inbox.parked().isEmpty());
		assertThat(this.inbox.parked()).singleElement().extracting(ParkedEvent::attempts).isEqualTo(3);
	}

	@Test
	void deletesDiscardedEvent() throws Exception {
		this.application.failing.put("1", new AtomicInteger(3));
		assertThat(deliver("1")).isEqualTo(200);
		ParkedEvent parked = awaitParked();
		assertThat(this.inbox.discard("unknown")).isFalse();
		assertThat(this.inbox.discard(parked.key())).isTrue();
		assertThat(this.inbox.discard(parked.key())).isFalse();
		assertThat(this.inbox.parked()).isEmpty();
		assertThat(this.database.count("k2_task")).isZero();
		assertThat(deliver("1")).isEqualTo(200);
		awaitEmpty();
		assertThat(this.database.effects()).containsExactly("1");
	}

	@Test
	void retriesAndDiscardsOnlyParkedEvents() throws Exception {
		this.application.blocked = new CountDownLatch(1);
		assertThat(deliver("1")).isEqualTo(200);
		Awaitility.await().atMost(LONG).until(() -> this.application.calls("1") == 1);
		String key = this.database.jdbc().sql("SELECT task_instance FROM k2_task").query(String.class).single();
		assertThat(this.inbox.retry(key)).isFalse();
		assertThat(this.inbox.discard(key)).isFalse();
		assertThat(this.inbox.retryAll()).isZero();
		this.application.blocked.countDown();
		awaitEmpty();
		assertThat(this.database.effects()).containsExactly("1");
	}

	/**
	 * The row of an event is deleted while other deliveries of the event insert theirs.
	 */
	@Test
	void acceptsSimultaneousDuplicatesOfQuicklyHandledEvents() throws Exception {
		int events = 60;
		int deliveriesOfEach = 8;
		ExecutorService connections = Executors.newFixedThreadPool(16);
		try {
			List<Future<Integer>> answers = new ArrayList<>();
			for (int event = 0; event < events; event++) {
				String id = "event-" + event;
				for (int delivery = 0; delivery < deliveriesOfEach; delivery++) {
					answers.add(connections.submit(() -> deliver(id)));
				}
			}
			for (Future<Integer> answer : answers) {
				assertThat(answer).succeedsWithin(LONG).isEqualTo(200);
			}
		}
		finally {
			connections.shutdownNow();
		}
		awaitEmpty();
		assertThat(this.database.effects()).hasSize(events).doesNotHaveDuplicates();
		assertThat(this.database.count("k2_event")).isEqualTo(events);
	}

	@Test
	void handlesLargestMessage() throws Exception {
		byte[] message = Message.poll(600).write();
		assertThat(message).hasSizeBetween(200 * 1024, 256 * 1024);
		assertThat(this.kopoKopo.deliver(message, this.port)).isEqualTo(200);
		awaitEmpty();
		assertThat(this.database.effects()).hasSize(1);
	}

	/**
	 * An instance in inbox mode, with its database.
	 */
	record InboxInstance(Database kind, DatabaseServer database, ConfigurableApplicationContext context) {

		static InboxInstance start(Database kind) throws IOException, SQLException {
			DatabaseServer database = kind.start();
			database.createEffects();
			return new InboxInstance(kind, database,
					new SpringApplicationBuilder(Application.class).run(
							database
								.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY,
										"--k2.webhook.mode=inbox", "--k2.webhook.inbox.first-delay=10ms",
										"--k2.webhook.inbox.max-attempts=3", "--k2.scheduler.polling-interval=50ms")
								.toArray(String[]::new)));
		}

		void close() throws IOException {
			this.context.close();
			this.database.close();
		}

		@Override
		public String toString() {
			return this.kind.name();
		}

	}

	/**
	 * An instance whose listener fails or waits as a test wants.
	 */
	@WebhookApplication
	static class Application {

		private final Map<String, AtomicInteger> failing = new ConcurrentHashMap<>();

		private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();

		private final JdbcClient jdbc;

		private volatile CountDownLatch blocked = new CountDownLatch(0);

		Application(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		int calls(String id) {
			return this.calls.getOrDefault(id, new AtomicInteger()).get();
		}

		@EventListener
		void on(K2Event event) throws InterruptedException {
			this.calls.computeIfAbsent(event.id(), (id) -> new AtomicInteger()).incrementAndGet();
			this.blocked.await();
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			AtomicInteger failures = this.failing.get(event.id());
			if (failures != null && failures.getAndDecrement() > 0) {
				throw new IllegalStateException("The listener failed");
			}
		}

	}

}
