package io.github.k2connect.simulation;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.TaskExecution;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * The database that the instances share, with a view of its tables for the oracle. All
 * worlds of a thread use it, one after the other.
 */
final class SimulatedDatabase {

	private static final Instant PARKED = Instant.parse("2037-01-01T00:00:00Z");

	private static final RowMapper<Row> ROW = (rows, number) -> new Row(rows.getString("task_name"),
			rows.getString("task_instance"), rows.getObject("execution_time", OffsetDateTime.class).toInstant(),
			instant(rows.getObject("last_heartbeat", OffsetDateTime.class)), rows.getInt("consecutive_failures"),
			rows.getLong("version"), rows.getString("picked_by"));

	/**
	 * A statement that waits for a row which the same thread has locked gives up at once.
	 */
	private final String url = "jdbc:h2:mem:" + UUID.randomUUID()
			+ ";DB_CLOSE_DELAY=-1;LOCK_TIMEOUT=1;QUERY_CACHE_SIZE=128";

	private final Deque<Connection> idle = new ArrayDeque<>();

	private final JdbcTemplate jdbc;

	SimulatedDatabase() {
		this.jdbc = new JdbcTemplate(new SingleConnectionDataSource(open(), true));
		TestTables.create(new SingleConnectionDataSource(open(), true));
		this.jdbc.execute("CREATE TABLE effect (number BIGINT GENERATED ALWAYS AS IDENTITY, event VARCHAR(400))");
		this.jdbc.execute("CREATE TABLE audit (event VARCHAR(400))");
	}

	void clear() {
		for (String table : List.of("k2_event", "k2_task", "k2_request", "effect", "audit")) {
			this.jdbc.execute("TRUNCATE TABLE " + table + " RESTART IDENTITY");
		}
	}

	Connection borrow() throws SQLException {
		Connection connection = this.idle.poll();
		return (connection != null) ? connection : open();
	}

	void giveBack(Connection connection) throws SQLException {
		if (!connection.getAutoCommit()) {
			connection.rollback();
			connection.setAutoCommit(true);
		}
		this.idle.push(connection);
	}

	/**
	 * Return the events that have an effect, once for each effect.
	 */
	List<String> effects() {
		return this.jdbc.query("SELECT event FROM effect ORDER BY number", (rows, number) -> rows.getString("event"));
	}

	List<Row> rows() {
		return this.jdbc.query("SELECT * FROM k2_task ORDER BY task_name, execution_time", ROW);
	}

	/**
	 * Do what an operator does after the clock of an instance was months ahead: make due
	 * what it has postponed, and what it was doing when it crashed.
	 */
	void correctTimes(Instant now, Instant latest) {
		Object[] times = { now.atOffset(ZoneOffset.UTC), latest.atOffset(ZoneOffset.UTC),
				PARKED.atOffset(ZoneOffset.UTC) };
		for (String column : List.of("execution_time", "last_heartbeat")) {
			this.jdbc.update("UPDATE k2_task SET " + column + " = ? WHERE " + column + " > ? AND " + column + " < ?",
					times);
		}
	}

	private static @Nullable Instant instant(@Nullable OffsetDateTime time) {
		return (time != null) ? time.toInstant() : null;
	}

	private Connection open() {
		try {
			return DriverManager.getConnection(this.url);
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * A row of the table of tasks.
	 *
	 * @param task the name of the task
	 * @param key the key of the event or the follow-up
	 * @param time when it is executed
	 * @param heartbeat the last heartbeat if an instance has picked it
	 * @param failures the number of failed attempts
	 * @param version how often it was changed
	 * @param holder which scheduler has picked it, or {@code null}
	 */
	record Row(String task, String key, Instant time, @Nullable Instant heartbeat, int failures, long version,
			@Nullable String holder) {

		boolean isParked() {
			return this.time.isAfter(PARKED);
		}

		/**
		 * Return whether the row is still as an execution has picked it.
		 */
		boolean isPickOf(String name, TaskExecution execution) {
			return this.task.equals(name) && this.key.equals(execution.id()) && this.version == execution.version();
		}

		/**
		 * Return when something can happen to the row.
		 */
		Optional<Instant> due() {
			if (this.heartbeat != null) {
				return Optional.of(this.heartbeat.plus(SimulatedInstance.DEAD_AFTER));
			}
			return isParked() ? Optional.empty() : Optional.of(this.time);
		}

	}

}
