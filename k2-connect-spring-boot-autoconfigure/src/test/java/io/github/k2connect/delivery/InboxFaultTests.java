package io.github.k2connect.delivery;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.ParkedEvent;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.beans.factory.InitializingBean;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an inbox during startup and shutdown, with a full table, and with unusual
 * settings.
 */
@ExtendWith(OutputCaptureExtension.class)
class InboxFaultTests {

	private static final Duration LONG = Duration.ofSeconds(60);

	private final KopoKopo kopoKopo = new KopoKopo();

	private static ConfigurableApplicationContext run(Class<?> application, DatabaseServer database,
			String... arguments) {
		List<String> inbox = database.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY,
				"--k2.webhook.mode=inbox", "--k2.scheduler.polling-interval=50ms");
		return new SpringApplicationBuilder(application)
			.run(Stream.concat(inbox.stream(), Arrays.stream(arguments)).toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private int deliver(ConfigurableApplicationContext context, String id) throws Exception {
		return this.kopoKopo.deliver(Message.webhook(id).write(), port(context));
	}

	private static void awaitEffects(DatabaseServer database, String... effects) {
		Awaitility.await()
			.atMost(LONG)
			.untilAsserted(() -> assertThat(database.effects()).containsExactlyInAnyOrder(effects));
	}

	private static void awaitEmpty(DatabaseServer database) {
		Awaitility.await().atMost(LONG).until(() -> database.count("k2_task") == 0);
	}

	@ParameterizedTest
	@EnumSource
	void doesNotHandleEventBeforeListenersAreReady(Database kind) throws Exception {
		try (DatabaseServer database = kind.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(EffectApplication.class, database,
					"--listener.failing=true", "--k2.webhook.inbox.first-delay=1h")) {
				assertThat(deliver(context, "1")).isEqualTo(200);
				Awaitility.await().atMost(LONG).until(() -> failures(database) == 1);
			}
			database.jdbc()
				.sql("UPDATE k2_task SET execution_time = ?, version = 1")
				.param(Instant.now().atOffset(ZoneOffset.UTC))
				.update();
			try (ConfigurableApplicationContext context = run(SlowApplication.class, database)) {
				awaitEffects(database, "1");
				awaitEmpty(database);
				assertThat(context.isActive()).isTrue();
			}
		}
	}

	private static int failures(DatabaseServer database) {
		return database.jdbc()
			.sql("SELECT COALESCE(MAX(consecutive_failures), 0) FROM k2_task")
			.query(Integer.class)
			.single();
	}

	/**
	 * db-scheduler does not commit on connections without auto-commit.
	 */
	@ParameterizedTest
	@EnumSource
	void commitsEventBeforeResponseWhenPoolDoesNotCommit(Database kind) throws Exception {
		try (DatabaseServer database = kind.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(EffectApplication.class, database,
					"--spring.datasource.hikari.auto-commit=false", "--k2.webhook.inbox.max-attempts=1")) {
				CountDownLatch blocked = context.getBean(EffectApplication.class).block();
				assertThat(deliver(context, "1")).isEqualTo(200);
				assertThat(database.count("k2_task")).isOne();
				blocked.countDown();
				awaitEffects(database, "1");
				awaitEmpty(database);
				context.getBean(EffectApplication.class).failing(true);
				assertThat(deliver(context, "2")).isEqualTo(200);
				K2Inbox inbox = context.getBean(K2Inbox.class);
				Awaitility.await().atMost(LONG).until(() -> inbox.parked().size() == 1);
				context.getBean(EffectApplication.class).failing(false);
				assertThat(inbox.retryAll()).isOne();
				awaitEffects(database, "1", "2");
				awaitEmpty(database);
			}
		}
	}

	@Tag("long")
	@ParameterizedTest
	@EnumSource
	void startsTwoInstancesAtOnceOnEmptyDatabase(Database kind, @TempDir(cleanup = CleanupMode.ON_SUCCESS) Path logs)
			throws Exception {
		kind.assumeProof();
		try (DatabaseServer database = kind.start()) {
			database.createEffects();
			List<String> arguments = database.arguments("--k2.webhook.mode=inbox", "--ledger.failures=0");
			try (Instance one = new Instance(LedgerApplication.class, logs.resolve("one.log"), arguments);
					Instance other = new Instance(LedgerApplication.class, logs.resolve("other.log"), arguments)) {
				one.awaitReady();
				other.awaitReady();
				assertThat(this.kopoKopo.deliver(Message.webhook("1").write(), one.port())).isEqualTo(200);
				assertThat(this.kopoKopo.deliver(Message.webhook("2").write(), other.port())).isEqualTo(200);
				awaitEffects(database, Message.webhook("1").effect(), Message.webhook("2").effect());
			}
		}
	}

	@Test
	void finishesRunningEventsAndStartsNoneOnShutdown() throws Exception {
		try (DatabaseServer database = Database.H2.start()) {
			database.createEffects();
			ConfigurableApplicationContext context = run(EffectApplication.class, database, "--k2.scheduler.threads=1");
			EffectApplication application = context.getBean(EffectApplication.class);
			CountDownLatch blocked = application.block();
			assertThat(deliver(context, "1")).isEqualTo(200);
			Awaitility.await().atMost(LONG).until(() -> application.calls() > 0);
			assertThat(deliver(context, "2")).isEqualTo(200);
			CompletableFuture<Void> stop = CompletableFuture.runAsync(context::close);
			K2Scheduler lifecycle = context.getBean(K2Scheduler.class);
			Awaitility.await().atMost(LONG).until(() -> !lifecycle.isRunning());
			blocked.countDown();
			assertThat(stop).succeedsWithin(LONG);
			assertThat(database.effects()).containsExactly("1");
			assertThat(database.jdbc().sql("SELECT picked FROM k2_task").query(Boolean.class).list())
				.containsExactly(false);
			try (ConfigurableApplicationContext next = run(EffectApplication.class, database)) {
				awaitEffects(database, "1", "2");
				assertThat(next.isActive()).isTrue();
			}
		}
	}

	@Test
	void rejectsMessageWhenInboxIsFull() throws Exception {
		try (DatabaseServer database = Database.H2.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(EffectApplication.class, database,
					"--k2.webhook.inbox.max-waiting=1")) {
				CountDownLatch blocked = context.getBean(EffectApplication.class).block();
				assertThat(deliver(context, "0")).isEqualTo(200);
				HttpResponse<Void> refused = Awaitility.await()
					.atMost(LONG)
					.until(() -> this.kopoKopo.send(Message.webhook("refused" + System.nanoTime()).write(),
							port(context)), (response) -> response.statusCode() != 200);
				assertThat(refused.statusCode()).isEqualTo(503);
				assertThat(refused.headers().firstValue("Retry-After")).hasValue("10");
				assertThat(deliver(context, "0")).isEqualTo(200);
				blocked.countDown();
				Awaitility.await().atMost(LONG).until(() -> deliver(context, "later") == 200);
				Awaitility.await().atMost(LONG).until(() -> database.effects().contains("later"));
			}
		}
	}

	@Test
	void parksUnreadableDataWithoutLoggingIt(CapturedOutput output) throws Exception {
		try (DatabaseServer database = Database.POSTGRESQL.start()) {
			database.createEffects();
			try (ConfigurableApplicationContext context = run(EffectApplication.class, database,
					"--k2.webhook.inbox.max-attempts=1")) {
				database.jdbc()
					.sql("INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, version)"
							+ " VALUES ('k2-inbox', 'a-key', ?, ?, false, 1)")
					.param("secret data".getBytes(StandardCharsets.UTF_8))
					.param(Instant.now().atOffset(ZoneOffset.UTC))
					.update();
				K2Inbox inbox = context.getBean(K2Inbox.class);
				Awaitility.await().atMost(LONG).until(() -> !inbox.parked().isEmpty());
				assertThat(inbox.parked()).singleElement()
					.extracting(ParkedEvent::key, ParkedEvent::id, ParkedEvent::attempts)
					.containsExactly("a-key", "unknown", 1);
				Awaitility.await()
					.atMost(LONG)
					.untilAsserted(() -> assertThat(output).contains("Event a-key was not handled"));
				assertThat(output).doesNotContain("secret data");
				assertThat(inbox.discard("a-key")).isTrue();
			}
		}
	}

	/**
	 * An instance whose listener becomes ready after the scheduler was created.
	 */
	@WebhookApplication
	static class SlowApplication {

		@Bean
		InitializingBean slow(K2Scheduler scheduler, JdbcClient jdbc) {
			return () -> {
				assertThat(scheduler.isRunning()).isFalse();
				assertThat(jdbc.sql("SELECT COUNT(*) FROM k2_task WHERE version = 1").query(Long.class).single())
					.isOne();
			};
		}

		@Bean
		LateListener listener(JdbcClient jdbc) {
			return new LateListener(jdbc);
		}

		/**
		 * Writes one effect for each event.
		 */
		record LateListener(JdbcClient jdbc) {

			@EventListener
			void on(K2Event event) {
				this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			}

		}

	}

}
