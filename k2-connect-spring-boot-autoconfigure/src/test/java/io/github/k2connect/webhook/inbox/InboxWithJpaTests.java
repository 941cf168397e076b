package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.orm.jpa.vendor.HibernateJpaVendorAdapter;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2Inbox} in a transaction of JPA, whose transaction manager exposes
 * its connection without marking it as one that is in a transaction.
 */
class InboxWithJpaTests {

	private final HikariDataSource pool = new HikariDataSource();

	@SuppressWarnings("NullAway.Init")
	private TransactionTemplate jpa;

	@SuppressWarnings("NullAway.Init")
	private LocalContainerEntityManagerFactoryBean factory;

	@SuppressWarnings("NullAway.Init")
	private TaskTable table;

	@SuppressWarnings("NullAway.Init")
	private K2Inbox inbox;

	private void start(boolean autoCommit) {
		this.pool.setDataSource(TestTables.inH2());
		this.pool.setMaximumPoolSize(3);
		this.pool.setConnectionTimeout(2000);
		this.pool.setAutoCommit(autoCommit);
		this.factory = new LocalContainerEntityManagerFactoryBean();
		this.factory.setDataSource(this.pool);
		this.factory.setPackagesToScan("io.github.k2connect.none");
		this.factory.setJpaVendorAdapter(new HibernateJpaVendorAdapter());
		this.factory.afterPropertiesSet();
		JpaTransactionManager manager = new JpaTransactionManager(Objects.requireNonNull(this.factory.getObject()));
		manager.afterPropertiesSet();
		this.jpa = new TransactionTemplate(manager);
		this.table = new TaskTable(TestTables.of(this.pool));
		this.inbox = TestInbox.inbox(this.table, new InMemoryEventStore(10, Duration.ofSeconds(1)), Clock.systemUTC());
		JdbcClient.create(this.pool).sql("CREATE TABLE audit (entry INT)").update();
	}

	@AfterEach
	void stop() {
		this.factory.destroy();
		this.pool.close();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void retryLeavesTransactionOfJpaOpen(boolean autoCommit) {
		start(autoCommit);
		rollsBack(() -> assertThat(this.inbox.retry("none")).isFalse());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void discardLeavesTransactionOfJpaOpen(boolean autoCommit) {
		start(autoCommit);
		rollsBack(() -> assertThat(this.inbox.discard("none")).isFalse());
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void retryIsIndependentOfTransactionOfJpa(boolean autoCommit) {
		start(autoCommit);
		this.table.inTransaction(
				() -> this.table.insert(List.of(new NewRow(InboxTask.NAME, "key", "{}", null, InboxTable.PARKED))));
		this.table.separately(() -> true);
		this.jpa.executeWithoutResult((status) -> {
			assertThat(this.inbox.retry("key")).isTrue();
			status.setRollbackOnly();
		});
		assertThat(this.inbox.waiting()).isOne();
	}

	private void rollsBack(Runnable call) {
		JdbcClient jdbc = JdbcClient.create(this.pool);
		this.jpa.executeWithoutResult((status) -> {
			jdbc.sql("INSERT INTO audit VALUES (1)").update();
			call.run();
			status.setRollbackOnly();
		});
		assertThat(jdbc.sql("SELECT COUNT(*) FROM audit").query(Integer.class).single()).isZero();
	}

}
