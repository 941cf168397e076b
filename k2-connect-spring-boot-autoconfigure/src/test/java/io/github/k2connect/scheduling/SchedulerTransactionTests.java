package io.github.k2connect.scheduling;

import java.sql.SQLException;

import javax.sql.DataSource;

import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SchedulerTransaction}.
 */
class SchedulerTransactionTests {

	private final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.dataSource);

	private final SchedulerTransaction transaction = new SchedulerTransaction(this.dataSource);

	@BeforeEach
	void createTable() {
		this.jdbc.sql("CREATE TABLE task (name VARCHAR(10))").update();
	}

	private void insert(String name) {
		this.jdbc.sql("INSERT INTO task VALUES (?)").param(name).update();
	}

	private void inTransactionOfCaller(Runnable action) {
		new TransactionTemplate(new JdbcTransactionManager(this.dataSource))
			.executeWithoutResult((status) -> action.run());
	}

	/**
	 * As MariaDB does when it ends a conflict of two transactions.
	 */
	private void rollBackWholeTransaction() {
		try {
			DataSourceUtils.getConnection(this.dataSource).rollback();
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private long count() {
		return this.jdbc.sql("SELECT COUNT(*) FROM task").query(Long.class).single();
	}

	@Test
	void joinsTransactionOfCaller() {
		inTransactionOfCaller(() -> {
			insert("caller");
			this.transaction.execute(() -> insert("task"));
		});
		assertThat(count()).isEqualTo(2);
	}

	@Test
	void commitsWithoutTransactionOfCaller() {
		this.transaction.execute(() -> insert("task"));
		assertThat(count()).isOne();
	}

	@Test
	void failsIfDatabaseHasRolledBackTransactionOfCaller() {
		assertThatExceptionOfType(ConcurrencyFailureException.class).isThrownBy(() -> inTransactionOfCaller(() -> {
			insert("caller");
			this.transaction.execute(() -> {
				rollBackWholeTransaction();
				insert("task");
			});
		})).withMessageContaining("Repeat the transaction");
		assertThat(count()).isZero();
	}

}
