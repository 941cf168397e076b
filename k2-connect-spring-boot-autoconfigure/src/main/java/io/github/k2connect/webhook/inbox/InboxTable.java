package io.github.k2connect.webhook.inbox;

import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The inbox's rows in db-scheduler's table.
 *
 * @param jdbc db-scheduler's database
 * @param customization db-scheduler's customization for the database
 * @param name the table's name; it is inserted into SQL unchanged
 */
record InboxTable(JdbcTemplate jdbc, JdbcCustomization customization, String name) {

	/**
	 * The execution time of parked events: the latest time that all databases support.
	 */
	static final Instant PARKED = Instant.parse("2037-12-31T00:00:00Z");

	boolean contains(String key) {
		return count(" AND task_instance = ?", (statement) -> statement.setString(2, key)) > 0;
	}

	/**
	 * Return which of some events exist.
	 */
	Set<String> existing(Collection<String> keys) {
		List<Object> parameters = new ArrayList<>(keys);
		parameters.add(0, InboxTask.NAME);
		return new HashSet<>(this.jdbc.queryForList(
				"SELECT task_instance FROM " + this.name + " WHERE task_name = ? AND task_instance IN ("
						+ String.join(", ", Collections.nCopies(keys.size(), "?")) + ")",
				String.class, parameters.toArray()));
	}

	/**
	 * Return events in the order of their keys, which never change.
	 * @param after the key after which the first event comes
	 * @param max how many to return
	 */
	List<Row> page(String after, int max) {
		return rows(" AND task_instance > ? ORDER BY task_instance", max, (statement) -> statement.setString(2, after));
	}

	/**
	 * Return the number of events that wait or are being handled.
	 */
	long waiting() {
		return count(" AND execution_time < ?", this::setParked);
	}

	/**
	 * Return the number of parked events.
	 */
	long parked() {
		return count(" AND execution_time >= ?", this::setParked);
	}

	/**
	 * Return events that wait or are being handled.
	 * @param order the order of the events
	 * @param max how many of the first to return
	 */
	List<Row> firstWaiting(String order, int max) {
		return rows(" AND execution_time < ? ORDER BY " + order, max, this::setParked);
	}

	/**
	 * Return parked events.
	 * @param max how many to return
	 */
	List<Row> parked(int max) {
		return rows(" AND execution_time >= ? ORDER BY execution_time, task_instance", max, this::setParked);
	}

	private void setParked(PreparedStatement statement) throws SQLException {
		this.customization.setInstant(statement, 2, PARKED);
	}

	private List<Row> rows(String condition, int max, PreparedStatementSetter second) {
		return this.jdbc.query(
				"SELECT task_instance, task_data, consecutive_failures, last_failure FROM " + this.name
						+ " WHERE task_name = ?" + condition + this.customization.getQueryLimitPart(max),
				parameters(second),
				(row, number) -> new Row(row.getString("task_instance"),
						this.customization.getTaskData(row, "task_data"), row.getInt("consecutive_failures"),
						this.customization.getInstant(row, "last_failure")));
	}

	private long count(String condition, PreparedStatementSetter second) {
		return Objects
			.requireNonNull(this.jdbc.query("SELECT COUNT(*) FROM " + this.name + " WHERE task_name = ?" + condition,
					parameters(second), (ResultSetExtractor<Long>) (rows) -> rows.next() ? rows.getLong(1) : 0L));
	}

	private static PreparedStatementSetter parameters(PreparedStatementSetter second) {
		return (statement) -> {
			statement.setString(1, InboxTask.NAME);
			second.setValues(statement);
		};
	}

	/**
	 * An event as it is stored.
	 *
	 * @param key the event's key
	 * @param data the data of the task
	 * @param failures the number of failed attempts
	 * @param lastFailure when the last attempt failed, or {@code null}
	 */
	@SuppressWarnings("ArrayRecordComponent")
	record Row(String key, byte[] data, int failures, @Nullable Instant lastFailure) {

	}

}
