package io.github.k2connect.delivery;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for tasks while listeners or status requests hang, or some of them hang.
 */
@ExtendWith(OutputCaptureExtension.class)
class InboxStallTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final KopoKopo kopoKopo = new KopoKopo();

	private final CountDownLatch answered = new CountDownLatch(1);

	private final AtomicInteger statusCalls = new AtomicInteger();

	private final ExecutorService apiThreads = Executors.newCachedThreadPool();

	private DatabaseServer database;

	private HttpServer api;

	@BeforeEach
	void start() throws Exception {
		this.database = Database.H2.start();
		this.database.createEffects();
		this.api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.api.setExecutor(this.apiThreads);
		this.api.createContext("/", (exchange) -> {
			boolean token = exchange.getRequestURI().getPath().equals("/oauth/token");
			if (!token) {
				this.statusCalls.incrementAndGet();
				await(this.answered);
			}
			byte[] body = "{\"access_token\":\"t\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(token ? 200 : 503, body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.api.start();
	}

	@AfterEach
	void stop() throws Exception {
		this.answered.countDown();
		this.api.stop(0);
		this.apiThreads.shutdownNow();
		this.database.close();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private ConfigurableApplicationContext run(String... arguments) {
		List<String> shared = this.database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY,
				"--k2.webhook.mode=inbox", "--k2.scheduler.polling-interval=50ms",
				"--k2.scheduler.heartbeat-interval=2s", "--k2.scheduler.shutdown-timeout=1s",
				"--k2.scheduler.threads=4", "--spring.datasource.hikari.maximum-pool-size=20");
		return new SpringApplicationBuilder(Application.class)
			.run(Stream.concat(shared.stream(), Stream.of(arguments)).toArray(String[]::new));
	}

	private ConfigurableApplicationContext runWithFollowUp(String... arguments) {
		Stream<String> shared = Stream.of("--k2.client-id=id", "--k2.client-secret=s3cret",
				"--k2.base-url=http://localhost:" + this.api.getAddress().getPort(), "--k2.follow-up.enabled=true",
				"--k2.http.read-timeout=90s", "--k2.http.call-timeout=90s", "--k2.follow-up.first-check=100ms");
		return run(Stream.concat(shared, Stream.of(arguments)).toArray(String[]::new));
	}

	private void deliver(ConfigurableApplicationContext context, String id) throws Exception {
		assertThat(this.kopoKopo.deliver(Message.webhook(id).write(),
				context.getEnvironment().getRequiredProperty("local.server.port", Integer.class)))
			.isEqualTo(200);
	}

	@Test
	void asksForStatusesAndNamesEventsWhileAllListenersHang(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = runWithFollowUp("--k2.webhook.inbox.warn-after=200ms")) {
			Application application = context.getBean(Application.class);
			try {
				for (int event = 0; event < 8; event++) {
					deliver(context, "hanging-" + event);
				}
				Awaitility.await().atMost(LONG).until(() -> application.hanging.get() == 4);
				insertFollowUps(1);
				Awaitility.await().atMost(LONG).until(() -> this.statusCalls.get() == 1);
				Awaitility.await().atMost(LONG).untilAsserted(() -> assertThat(slow(context)).isEqualTo(4));
				assertThat(output.getAll().split("have been running for more than PT0.2S")).hasSize(5);
				assertThat(output).containsPattern("The listeners of event \"hanging-\\d\" \\(\\w+\\)")
					.containsPattern("\tat .*InboxStallTests\\$Application\\.on\\(");
				assertThat(context.getBean(K2Inbox.class).waiting()).isEqualTo(8);
				assertThat(failures()).isZero();
			}
			finally {
				application.released.countDown();
			}
			Awaitility.await().atMost(LONG).until(() -> this.database.effects().size() == 8);
			assertThat(this.database.effects()).doesNotHaveDuplicates();
		}
	}

	@Test
	void handlesEventsWhileStatusRequestsHang() throws Exception {
		try (ConfigurableApplicationContext context = runWithFollowUp()) {
			insertFollowUps(20);
			Awaitility.await().atMost(LONG).until(() -> this.statusCalls.get() == 2);
			for (int event = 0; event < 5; event++) {
				deliver(context, "event-" + event);
			}
			Awaitility.await().atMost(LONG).until(() -> this.database.effects().size() == 5);
			assertThat(this.statusCalls).hasValue(2);
			assertThat(failures()).isZero();
			this.answered.countDown();
			Awaitility.await().atMost(LONG).until(() -> this.statusCalls.get() >= 20);
		}
	}

	@Test
	void logsOneStackTraceForFailedAttempt(CapturedOutput output) throws Exception {
		try (ConfigurableApplicationContext context = run("--k2.webhook.inbox.first-delay=1h")) {
			deliver(context, "failing");
			Awaitility.await().atMost(LONG).until(() -> failures() == 1);
			Awaitility.await().atMost(LONG).until(() -> output.getAll().contains("was not handled in attempt 1"));
			assertThat(output.getAll().split("\\n\\tat .*ExecutePicked\\.run")).hasSize(2);
		}
	}

	private void insertFollowUps(int count) {
		String origin = "http://localhost:" + this.api.getAddress().getPort();
		for (int followUp = 0; followUp < count; followUp++) {
			String note = "{\"account\":\"default\",\"type\":\"incoming_payment\",\"location\":\"" + origin
					+ "/api/v1/incoming_payments/p" + followUp + "\",\"startedAt\":\"" + Instant.now() + "\"}";
			this.database.jdbc()
				.sql("INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, version)"
						+ " VALUES ('k2-follow-up', ?, ?, ?, false, 1)")
				.param("p" + followUp)
				.param(note.getBytes(StandardCharsets.UTF_8))
				.param(Instant.now().atOffset(ZoneOffset.UTC))
				.update();
		}
	}

	private int failures() {
		return this.database.jdbc()
			.sql("SELECT COALESCE(MAX(consecutive_failures), 0) FROM k2_task WHERE task_name = 'k2-inbox'")
			.query(Integer.class)
			.single();
	}

	private static double slow(ConfigurableApplicationContext context) {
		return context.getBean(MeterRegistry.class)
			.find("k2.inbox.slow")
			.tag("k2.kind", "buygoods_transaction_received")
			.counters()
			.stream()
			.mapToDouble(Counter::count)
			.sum();
	}

	/**
	 * An instance with a listener that hangs for some events.
	 */
	@WebhookApplication
	static class Application {

		private final CountDownLatch released = new CountDownLatch(1);

		private final AtomicInteger hanging = new AtomicInteger();

		private final JdbcClient jdbc;

		Application(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@Bean
		MeterRegistry meterRegistry() {
			return new SimpleMeterRegistry();
		}

		@EventListener
		void on(K2Event event) {
			if (event.id().startsWith("hanging")) {
				this.hanging.incrementAndGet();
				await(this.released);
			}
			if (event.id().equals("failing")) {
				throw new IllegalStateException("The listener failed");
			}
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
		}

	}

}
