package io.github.k2connect.scheduling;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.Assert;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link TaskTable}.
 */
@ParameterizedClass
@EnumSource
class TaskTableTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00.123456Z");

	private final DataSource dataSource;

	private final TaskTable table;

	TaskTableTests(Platform platform) {
		this.dataSource = platform.createDataSource();
		TestTables.create(this.dataSource);
		this.table = new TaskTable(TestTables.of(this.dataSource));
	}

	private static NewRow row(String id) {
		return new NewRow("any", id, "data of " + id, null, NOW);
	}

	private void pick(String id) {
		new JdbcTemplate(this.dataSource).update("UPDATE k2_task SET picked = ? WHERE task_instance = ?", true, id);
	}

	private TransactionTemplate callersTransaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void needsOneConnectionForItsFirstStatement(boolean inTransaction) {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(this.dataSource);
			pool.setMaximumPoolSize(1);
			DataSource small = new DelegatingDataSource(pool) {

				@Override
				public Connection getConnection() throws SQLException {
					Assert.state(!pool.isRunning() || pool.getHikariPoolMXBean().getActiveConnections() == 0,
							"The connection is in use");
					return super.getConnection();
				}

			};
			TaskTable first = new TaskTable(TestTables.of(small));
			if (inTransaction) {
				new TransactionTemplate(new JdbcTransactionManager(small))
					.executeWithoutResult((status) -> first.insert(List.of(row("1"))));
			}
			else {
				first.insert(List.of(row("1")));
			}
			assertThat(first.all("any")).hasSize(1);
		}
	}

	@Test
	void readsWhatWasInserted() {
		this.table.insert(List.of(new NewRow("any", "1", "é\u4e2d", "REF", NOW), row("2")));
		assertThat(this.table.find("any", "1")).contains(new Row("1", "é\u4e2d", "REF", NOW, 0, null));
		assertThat(this.table.all("any")).extracting(Row::id).containsExactly("1", "2");
		assertThat(this.table.all("other")).isEmpty();
		assertThat(this.table.count("any", "", (statement) -> {
		})).isEqualTo(2);
	}

	@Test
	void insertsAllOrNone() {
		this.table.insert(List.of(row("2")));
		assertThatExceptionOfType(DuplicateKeyException.class).isThrownBy(() -> callersTransaction()
			.executeWithoutResult((status) -> this.table.insert(List.of(row("1"), row("2"), row("3")))));
		assertThat(this.table.all("any")).extracting(Row::id).containsExactly("2");
	}

	@Test
	void insertsRowOnce() {
		CyclicBarrier together = new CyclicBarrier(8);
		List<CompletableFuture<Boolean>> inserts = IntStream.range(0, 8)
			.mapToObj((caller) -> CompletableFuture.supplyAsync(() -> {
				await(together);
				return this.table.separately(() -> this.table.insertIfAbsent(row("1")));
			}))
			.toList();
		assertThat(inserts.stream().map(CompletableFuture::join).filter(Boolean::booleanValue)).hasSize(1);
	}

	private static void await(CyclicBarrier barrier) {
		try {
			barrier.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void insertsUnlessConditionIsTrue() {
		String condition = "EXISTS (SELECT 1 FROM k2_task WHERE task_instance = ?)";
		this.table.insert(List.of(row("1")));
		NewRow sameId = new NewRow("other", "1", "", null, Instant.now());
		assertThat(this.table.insertDue(sameId, condition, true)).isFalse();
		assertThat(this.table.insertDue(row("2"), condition, true)).isTrue();
		assertThat(this.table.insertDue(row("2"), condition, true)).isFalse();
	}

	@Test
	void doesNotEndTransactionOfCallerWithDuplicate() {
		this.table.insert(List.of(row("1")));
		callersTransaction().executeWithoutResult((status) -> this.table.inTransaction(() -> {
			assertThat(this.table.insertIfAbsent(row("1"))).isFalse();
			assertThat(this.table.insertIfAbsent(row("2"))).isTrue();
		}));
		assertThat(this.table.find("any", "2")).isPresent();
	}

	@Test
	void changesOnlyRowThatIsNotExecuting() {
		this.table.insert(List.of(row("1"), row("2")));
		pick("2");
		Instant later = NOW.plusSeconds(10);
		assertThat(this.table.update("any", "1", later, "new")).isTrue();
		assertThat(this.table.update("any", "2", later, "new")).isFalse();
		assertThat(this.table.update("any", "3", later, "new")).isFalse();
		assertThat(this.table.find("any", "1")).contains(new Row("1", "new", null, later, 0, null));
		assertThat(this.table.find("any", "2")).contains(new Row("2", "data of 2", null, NOW, 0, null));
	}

	@Test
	void reschedulesAndDeletesOnlyRowAfterTimeThatIsNotExecuting() {
		this.table.insert(List.of(row("1"), row("2")));
		pick("2");
		assertThat(this.table.reschedule("any", "1", NOW, NOW.plusSeconds(1))).isFalse();
		assertThat(this.table.reschedule("any", "2", NOW, NOW)).isFalse();
		assertThat(this.table.delete("any", "1", NOW.plusSeconds(1))).isFalse();
		assertThat(this.table.delete("any", "2", NOW)).isFalse();
		assertThat(this.table.reschedule("any", "1", NOW.plusSeconds(5), NOW)).isTrue();
		assertThat(this.table.find("any", "1")).map(Row::time).contains(NOW.plusSeconds(5));
		assertThat(this.table.delete("any", "1", NOW)).isTrue();
		assertThat(this.table.all("any")).extracting(Row::id).containsExactly("2");
	}

	@Test
	void joinsTransactionOfCaller() {
		assertThatIllegalStateException().isThrownBy(() -> callersTransaction().executeWithoutResult((status) -> {
			this.table.inTransaction(() -> this.table.insertIfAbsent(row("1")));
			throw new IllegalStateException("The caller fails");
		}));
		assertThat(this.table.all("any")).isEmpty();
	}

	@Test
	void commitsSeparateChangeWhateverCallerDoes() {
		assertThatIllegalStateException().isThrownBy(() -> callersTransaction().executeWithoutResult((status) -> {
			this.table.separately(() -> this.table.insertIfAbsent(row("1")));
			throw new IllegalStateException("The caller fails");
		}));
		assertThat(this.table.all("any")).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void commitsWithEveryPool(boolean autoCommit) {
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(this.dataSource);
			pool.setAutoCommit(autoCommit);
			TaskTable pooled = new TaskTable(TestTables.of(pool));
			pooled.inTransaction(() -> pooled.insertIfAbsent(row("1")));
			pooled.separately(() -> pooled.insertIfAbsent(row("2")));
		}
		assertThat(this.table.all("any")).extracting(Row::id).containsExactly("1", "2");
	}

	@Test
	void recognizesMissingTable() {
		assertThat(this.table.isUsable()).isTrue();
		new JdbcTemplate(this.dataSource).execute("ALTER TABLE k2_task DROP COLUMN picked_by");
		assertThat(this.table.isUsable()).isFalse();
		new JdbcTemplate(this.dataSource).execute("DROP TABLE k2_task");
		assertThat(this.table.isUsable()).isFalse();
	}

	@Test
	void wakesScheduler() {
		int[] woken = { 0 };
		this.table.wake();
		this.table.wakes(() -> woken[0]++, null);
		this.table.wake();
		assertThat(woken[0]).isOne();
	}

	enum Platform {

		H2 {

			@Override
			DataSource createDataSource() {
				return TestTables.inH2();
			}

		},

		POSTGRESQL {

			@Override
			DataSource createDataSource() {
				return PostgresqlServer.createDataSource();
			}

		};

		abstract DataSource createDataSource();

	}

}
