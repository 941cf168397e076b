package io.github.k2connect.delivery;

import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k2connect.event.K2Event;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.annotation.Order;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.event.TransactionPhase;
import org.springframework.transaction.event.TransactionalEventListener;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for transactional listeners, with each event store.
 */
@ParameterizedClass
@ValueSource(strings = { "jdbc", "memory", "none" })
class TransactionalListenerTests {

	private final KopoKopo kopoKopo = new KopoKopo();

	private final DatabaseServer database = new DatabaseServer(
			"jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", () -> {
			});

	private final ConfigurableApplicationContext context;

	private final Application application;

	TransactionalListenerTests(String store) {
		this.database.createEffects();
		this.context = new SpringApplicationBuilder(Application.class)
			.initializers((context) -> context.getBeanFactory().registerSingleton("database", this.database))
			.run(this.database
				.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--k2.store.type=" + store)
				.toArray(String[]::new));
		this.application = this.context.getBean(Application.class);
	}

	@AfterEach
	void stop() {
		this.context.close();
	}

	private int deliver() throws Exception {
		return this.kopoKopo.deliver(Message.webhook("1").write(),
				this.context.getEnvironment().getRequiredProperty("local.server.port", Integer.class));
	}

	@Test
	void runsAfterCommitOfOtherListeners() throws Exception {
		assertThat(deliver()).isEqualTo(200);
		assertThat(this.application.phases).containsExactly("listener", "before commit", "after commit");
		assertThat(this.application.committed).containsExactly("1");
	}

	@Test
	void runsAfterRollbackWhenListenerFails() throws Exception {
		this.application.failing = true;
		assertThat(deliver()).isEqualTo(500);
		assertThat(this.application.phases).containsExactly("listener", "after rollback");
		assertThat(this.database.effects()).isEmpty();
		this.application.failing = false;
		assertThat(deliver()).isEqualTo(200);
		assertThat(this.application.phases).endsWith("listener", "before commit", "after commit");
		assertThat(this.database.effects()).containsExactly("1");
	}

	/**
	 * An application with a listener of every phase.
	 */
	@WebhookApplication
	static class Application {

		private final List<String> phases = new CopyOnWriteArrayList<>();

		private final List<String> committed = new CopyOnWriteArrayList<>();

		private final JdbcClient jdbc;

		private final DatabaseServer database;

		private volatile boolean failing;

		Application(JdbcClient jdbc, DatabaseServer database) {
			this.jdbc = jdbc;
			this.database = database;
		}

		@EventListener
		void on(K2Event event) {
			this.phases.add("listener");
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			if (this.failing) {
				throw new IllegalStateException("The listener failed");
			}
		}

		@TransactionalEventListener(phase = TransactionPhase.BEFORE_COMMIT)
		void beforeCommit(K2Event event) {
			this.phases.add("before commit");
		}

		@TransactionalEventListener
		void afterCommit(K2Event event) {
			this.phases.add("after commit");
			this.committed.addAll(this.database.effects());
		}

		@Order(0)
		@TransactionalEventListener(phase = TransactionPhase.AFTER_ROLLBACK)
		void afterRollback(K2Event event) {
			this.phases.add("after rollback");
		}

	}

}
