package io.github.k2connect.scheduling;

import javax.sql.DataSource;

import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for how PostgreSQL executes the polls of db-scheduler.
 */
class PollPlanTests {

	private static final int BURST = 6000;

	/**
	 * The statement of db-scheduler's {@code PostgreSqlJdbcCustomization}.
	 */
	private static final String POLL = "WITH locked_executions AS (UPDATE k2_task st1 SET picked = TRUE,"
			+ " picked_by = 'a', last_heartbeat = now(), version = version + 1"
			+ " WHERE (st1.task_name, st1.task_instance) IN (SELECT st2.task_name, st2.task_instance"
			+ " FROM k2_task st2 WHERE picked = FALSE AND execution_time <= now() ORDER BY execution_time"
			+ " FOR UPDATE SKIP LOCKED LIMIT 5) RETURNING st1.*)"
			+ " SELECT * FROM locked_executions ORDER BY execution_time";

	private final JdbcClient jdbc = createTable();

	private static JdbcClient createTable() {
		DataSource database = PostgresqlServer.createDataSource();
		TestTables.create(database);
		return JdbcClient.create(database);
	}

	@BeforeEach
	void vacuumOnlyInTest() {
		this.jdbc.sql("ALTER TABLE k2_task SET (autovacuum_enabled = FALSE)").update();
	}

	private void burst(String name) {
		this.jdbc
			.sql("INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, version)"
					+ " SELECT 'k2-inbox', md5(:name || x) || md5(x || :name), convert_to(repeat('x', 1000), 'UTF8'),"
					+ " now(), FALSE, 1 FROM generate_series(1, :burst) AS x")
			.param("name", name)
			.param("burst", BURST)
			.update();
	}

	/**
	 * Rows at the end of the table keep PostgreSQL from making its file smaller.
	 */
	private void handleAllButLast(int count) {
		this.jdbc
			.sql("DELETE FROM k2_task WHERE ctid <> ALL (ARRAY (SELECT ctid FROM k2_task"
					+ " ORDER BY ctid DESC LIMIT :count))")
			.param("count", count)
			.update();
	}

	private String plan() {
		return String.join("\n", this.jdbc.sql("EXPLAIN " + POLL).query(String.class).list());
	}

	@Test
	void findsEventsWithIndexInBurst() {
		burst("first");
		assertThat(plan()).contains("k2_task_execution_time").doesNotContain("Seq Scan");
	}

	@ParameterizedTest
	@ValueSource(ints = { 1, 2, 10, 100 })
	void findsEventsWithIndexInBurstAfterVacuumOfNearlyEmptyTable(int left) {
		burst("first");
		handleAllButLast(left);
		this.jdbc.sql("VACUUM ANALYZE k2_task").update();
		burst("second");
		assertThat(plan()).contains("k2_task_execution_time").doesNotContain("Seq Scan");
	}

}
