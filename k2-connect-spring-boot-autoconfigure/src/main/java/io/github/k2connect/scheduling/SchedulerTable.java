package io.github.k2connect.scheduling;

import java.sql.ResultSet;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import javax.sql.DataSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;

/**
 * The table of db-scheduler.
 *
 * @param dataSource db-scheduler's database
 * @param name the table's name; it is inserted into SQL unchanged
 */
record SchedulerTable(DataSource dataSource, String name) {

	/**
	 * The name of the table in the scripts.
	 */
	static final String DEFAULT_NAME = "scheduled_tasks";

	/**
	 * Return whether the table exists, with the columns that db-scheduler needs.
	 * @return whether it can be used
	 * @throws DataAccessException if the database is not available
	 */
	boolean isUsable() {
		try {
			jdbc().query("SELECT task_name, task_instance, task_data, execution_time, picked, picked_by,"
					+ " last_success, last_failure, consecutive_failures, last_heartbeat, version FROM " + this.name
					+ " WHERE 1 = 0", (ResultSetExtractor<Boolean>) ResultSet::next);
			return true;
		}
		catch (BadSqlGrammarException ex) {
			return false;
		}
	}

	/**
	 * Return whether the data of a task may have a size.
	 * @param bytes the size
	 * @return {@code false} if the column is known to be too small
	 */
	boolean hasRoomFor(long bytes) {
		Integer size = jdbc().query("SELECT task_data FROM " + this.name + " WHERE 1 = 0",
				(ResultSetExtractor<Integer>) (rows) -> rows.getMetaData().getPrecision(1));
		return size == null || size <= 0 || size >= bytes;
	}

	/**
	 * Return the number of rows of tasks.
	 * @param tasks the names of the tasks
	 * @return the number of rows of each task that has any
	 */
	Map<String, Long> count(Collection<String> tasks) {
		Map<String, Long> counts = new TreeMap<>();
		String names = String.join(", ", Collections.nCopies(tasks.size(), "?"));
		jdbc().query("SELECT task_name, COUNT(*) FROM " + this.name + " WHERE task_name IN (" + names
				+ ") GROUP BY task_name", (row) -> {
					counts.put(row.getString(1), row.getLong(2));
				}, tasks.toArray());
		return counts;
	}

	private JdbcTemplate jdbc() {
		return new JdbcTemplate(this.dataSource);
	}

}
