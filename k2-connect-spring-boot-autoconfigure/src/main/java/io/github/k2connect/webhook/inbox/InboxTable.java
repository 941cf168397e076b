package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;

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
		return count(" AND task_instance = ?", (statement) -> {
			statement.setString(1, InboxTask.NAME);
			statement.setString(2, key);
		}) > 0;
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
	 * Return the number of events that wait or are being handled.
	 */
	long waiting() {
		return count(" AND execution_time < ?", (statement) -> {
			statement.setString(1, InboxTask.NAME);
			this.customization.setInstant(statement, 2, PARKED);
		});
	}

	private long count(String condition, PreparedStatementSetter parameters) {
		return Objects
			.requireNonNull(this.jdbc.query("SELECT COUNT(*) FROM " + this.name + " WHERE task_name = ?" + condition,
					parameters, (ResultSetExtractor<Long>) (rows) -> rows.next() ? rows.getLong(1) : 0L));
	}

}
