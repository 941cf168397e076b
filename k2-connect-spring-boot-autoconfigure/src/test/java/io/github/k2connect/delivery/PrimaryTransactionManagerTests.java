package io.github.k2connect.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.event.K2Event;
import jakarta.persistence.EntityManagerFactory;
import org.awaitility.Awaitility;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceProperties;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;
import org.springframework.context.event.EventListener;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application whose primary transaction manager is that of another database,
 * while JPA's uses the database of the store.
 */
class PrimaryTransactionManagerTests {

	private static final int FAILURES = 3;

	private final KopoKopo kopoKopo = new KopoKopo();

	@ParameterizedTest
	@ValueSource(strings = { "direct", "inbox" })
	void rollsBackPrimaryTransactionOfEachFailedAttempt(String mode) throws Exception {
		try (DatabaseServer database = Database.H2.start(); DatabaseServer ledger = Database.H2.start()) {
			ledger.createEffects();
			String[] arguments = database
				.arguments("--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY, "--without.jpa=",
						"--k2.scheduler.polling-interval=50ms", "--k2.webhook.mode=" + mode,
						"--k2.webhook.inbox.first-delay=10ms", "--ledger.url=" + ledger.url())
				.toArray(String[]::new);
			try (ConfigurableApplicationContext context = new SpringApplicationBuilder(LedgerApplication.class)
				.run(arguments)) {
				LedgerApplication application = context.getBean(LedgerApplication.class);
				int port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
				Awaitility.await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> {
					assertThat(this.kopoKopo.deliver(Message.webhook("1").write(), port)).isEqualTo(200);
					assertThat(application.calls).hasValue(FAILURES + 1);
					assertThat(database.count("k2_event")).isOne();
				});
				assertThat(ledger.effects()).containsExactly("1");
			}
		}
	}

	@WebhookApplication
	@ImportAutoConfiguration(HibernateJpaAutoConfiguration.class)
	@EntityScan(basePackageClasses = JpaApplication.class)
	static class LedgerApplication {

		private final AtomicInteger calls = new AtomicInteger();

		@Bean
		HikariDataSource dataSource(DataSourceProperties properties) {
			return properties.initializeDataSourceBuilder().type(HikariDataSource.class).build();
		}

		@Bean(defaultCandidate = false)
		DataSource ledger(@Value("${ledger.url}") String url) {
			return new DriverManagerDataSource(url, "sa", "");
		}

		@Bean
		PlatformTransactionManager jpaManager(EntityManagerFactory entityManagerFactory) {
			return new JpaTransactionManager(entityManagerFactory);
		}

		@Bean
		@Primary
		PlatformTransactionManager ledgerManager(@Qualifier("ledger") DataSource ledger) {
			return new JdbcTransactionManager(ledger);
		}

		@Bean
		FailingListener listener(@Qualifier("ledger") DataSource ledger) {
			return new FailingListener(JdbcClient.create(ledger), this.calls);
		}

	}

	/**
	 * Writes an effect in each attempt, and fails after it in the first ones.
	 */
	record FailingListener(JdbcClient ledger, AtomicInteger calls) {

		@EventListener
		void on(K2Event event) {
			this.ledger.sql("INSERT INTO effect (event) VALUES (?)").param(event.id()).update();
			if (this.calls.incrementAndGet() <= FAILURES) {
				throw new IllegalStateException("The listener failed");
			}
		}

	}

}
