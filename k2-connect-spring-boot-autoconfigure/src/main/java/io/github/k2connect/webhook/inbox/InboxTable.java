package io.github.k2connect.webhook.inbox;

import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import org.apiguardian.api.API;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The inbox's rows in db-scheduler's table.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InboxTable {

	/**
	 * The name of the table in the scripts.
	 */
	public static final String DEFAULT_NAME = "scheduled_tasks";

	/**
	 * How long db-scheduler keeps rows of tasks that an instance does not know: longer
	 * than any row waits.
	 */
	public static final Duration UNKNOWN_ROWS_KEPT_FOR = Duration.ofDays(36_500);

	/**
	 * The execution time of parked events: the latest time that all databases support.
	 */
	static final Instant PARKED = Instant.parse("2037-12-31T00:00:00Z");

	private final JdbcTemplate jdbc;

	private final JdbcCustomization customization;

	private final String name;

	/**
	 * Create a table.
	 * @param dataSource db-scheduler's database
	 * @param customization db-scheduler's customization for the database
	 * @param name the table's name; it is inserted into SQL unchanged
	 */
	public InboxTable(DataSource dataSource, JdbcCustomization customization, String name) {
		this.jdbc = new JdbcTemplate(dataSource);
		this.customization = customization;
		this.name = name;
	}

	/**
	 * Return whether the table exists, with the columns that db-scheduler needs.
	 * @return whether it can be used
	 * @throws DataAccessException if the database is not available
	 */
	public boolean isUsable() {
		try {
			this.jdbc.query("SELECT task_name, task_instance, task_data, execution_time, picked, picked_by,"
					+ " last_success, last_failure, consecutive_failures, last_heartbeat, version FROM " + this.name
					+ " WHERE 1 = 0", (ResultSetExtractor<Boolean>) ResultSet::next);
			return true;
		}
		catch (BadSqlGrammarException ex) {
			return false;
		}
	}

	/**
	 * Return whether the table can store the largest message.
	 * @param bytes the maximum size of a message
	 * @return {@code false} if its column is known to be too small
	 */
	public boolean hasRoomFor(long bytes) {
		long needed = bytes * 4 / 3 + 1000;
		Integer size = this.jdbc.query("SELECT task_data FROM " + this.name + " WHERE 1 = 0", (rows) -> {
			ResultSetMetaData columns = rows.getMetaData();
			return columns.getPrecision(1);
		});
		return size == null || size <= 0 || size >= needed;
	}

	/**
	 * Return the number of rows of tasks.
	 * @param tasks the names of the tasks
	 * @return the number of rows of each task that has any
	 */
	public Map<String, Long> count(Collection<String> tasks) {
		Map<String, Long> counts = new TreeMap<>();
		String names = String.join(", ", Collections.nCopies(tasks.size(), "?"));
		this.jdbc.query("SELECT task_name, COUNT(*) FROM " + this.name + " WHERE task_name IN (" + names
				+ ") GROUP BY task_name", (row) -> {
					counts.put(row.getString(1), row.getLong(2));
				}, tasks.toArray());
		return counts;
	}

	boolean contains(String key) {
		return count(" AND task_instance = ?", (statement) -> {
			statement.setString(1, InboxTask.NAME);
			statement.setString(2, key);
		}) > 0;
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
