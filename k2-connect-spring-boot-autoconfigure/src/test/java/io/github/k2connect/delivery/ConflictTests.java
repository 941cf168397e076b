package io.github.k2connect.delivery;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

import io.github.k2connect.Proofs;
import io.github.k2connect.delivery.JpaApplication.Counter;
import io.github.k2connect.delivery.JpaApplication.Effect;
import io.github.k2connect.event.K2Event;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.SharedEntityManagerCreator;
import org.springframework.transaction.annotation.Transactional;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for simultaneous events whose listeners change the same row. Each database ends
 * all transactions but one in its own way.
 */
@Tag("long")
class ConflictTests {

	private static final int DELIVERIES = Proofs.size(250, 1000);

	private static final int DELIVERIES_WITH_JPA = Proofs.size(100, 300);

	private final KopoKopo kopoKopo = new KopoKopo();

	private final ExecutorService senders = Executors.newFixedThreadPool(32);

	@AfterEach
	void stop() {
		this.senders.shutdownNow();
	}

	@ParameterizedTest
	@EnumSource
	void repeatsTransactionAfterSerializationFailure(Database database) throws Exception {
		try (DatabaseServer server = database.start()) {
			server.createEffects();
			server.jdbc().sql("CREATE TABLE counter (id INT PRIMARY KEY, total INT)").update();
			server.jdbc().sql("INSERT INTO counter VALUES (1, 0)").update();
			assertAllHandledOnce(server, DELIVERIES, CountingApplication.class, patience(database),
					"--spring.datasource.hikari.transaction-isolation=" + ((database == Database.H2)
							? "TRANSACTION_READ_COMMITTED" : "TRANSACTION_REPEATABLE_READ"));
			assertThat(server.effects()).hasSize(DELIVERIES).doesNotHaveDuplicates();
		}
	}

	@ParameterizedTest
	@EnumSource
	void repeatsTransactionAfterOptimisticLockFailure(Database database) throws Exception {
		try (DatabaseServer server = database.start()) {
			JpaApplication.createTables(server);
			assertAllHandledOnce(server, DELIVERIES_WITH_JPA, VersionedApplication.class, patience(database),
					"--without.jpa=");
			assertThat(server.events("jpa_effect")).hasSize(DELIVERIES_WITH_JPA).doesNotHaveDuplicates();
		}
	}

	/**
	 * Let a transaction wait for the lock of another for a minute.
	 */
	private static String patience(Database database) {
		return "--spring.datasource.hikari.connection-init-sql=" + switch (database) {
			case H2 -> "SET LOCK_TIMEOUT 60000";
			case POSTGRESQL -> "SET lock_timeout = 60000";
			case MARIADB -> "SET innodb_lock_wait_timeout = 60";
		};
	}

	private void assertAllHandledOnce(DatabaseServer server, int count, Class<?> application, String patience,
			String argument) throws Exception {
		List<String> arguments = server.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, patience,
				argument);
		try (ConfigurableApplicationContext one = run(application, arguments);
				ConfigurableApplicationContext other = run(application, arguments)) {
			List<Integer> ports = List.of(port(one), port(other));
			List<Callable<Integer>> deliveries = IntStream.range(0, count)
				.<Callable<Integer>>mapToObj((index) -> () -> this.kopoKopo
					.deliver(Message.webhook(String.valueOf(index)).write(), ports.get(index % 2)))
				.toList();
			Map<Integer, Integer> answers = new LinkedHashMap<>();
			for (Future<Integer> answer : this.senders.invokeAll(deliveries)) {
				answers.merge(answer.get(), 1, Integer::sum);
			}
			assertThat(answers).isEqualTo(Map.of(200, count));
		}
		assertThat(server.jdbc().sql("SELECT total FROM counter").query(Integer.class).single()).isEqualTo(count);
		assertThat(server.count("k2_event")).isEqualTo(count);
	}

	private static ConfigurableApplicationContext run(Class<?> application, List<String> arguments) {
		return new SpringApplicationBuilder(application).run(arguments.toArray(String[]::new));
	}

	private static int port(ConfigurableApplicationContext context) {
		return context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	/**
	 * Its listener reads the row before it changes it.
	 */
	@WebhookApplication
	static class CountingApplication {

		private final JdbcClient jdbc;

		CountingApplication(JdbcClient jdbc) {
			this.jdbc = jdbc;
		}

		@EventListener
		void on(K2Event event) {
			this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			this.jdbc.sql("SELECT total FROM counter WHERE id = 1").query(Integer.class).single();
			this.jdbc.sql("UPDATE counter SET total = total + 1 WHERE id = 1").update();
		}

	}

	/**
	 * Its listener changes an entity with a version.
	 */
	@WebhookApplication
	@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
	@EntityScan(basePackageClasses = Counter.class)
	static class VersionedApplication {

		@Bean
		VersionedListener versionedListener(EntityManagerFactory entityManagerFactory) {
			return new VersionedListener(SharedEntityManagerCreator.createSharedEntityManager(entityManagerFactory));
		}

	}

	static class VersionedListener {

		private final EntityManager entities;

		VersionedListener(EntityManager entities) {
			this.entities = entities;
		}

		@EventListener
		@Transactional
		public void on(K2Event event) {
			this.entities.persist(new Effect(event.id()));
			this.entities.find(Counter.class, 1).increment();
		}

	}

}
