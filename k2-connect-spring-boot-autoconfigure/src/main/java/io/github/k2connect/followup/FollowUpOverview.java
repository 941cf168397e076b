package io.github.k2connect.followup;

import org.apiguardian.api.API;

import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What operators see of the follow-ups.
 *
 * @param jdbc db-scheduler's database, with a limited time for each statement
 * @param tableName the name of its table; it is inserted into SQL unchanged
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record FollowUpOverview(JdbcTemplate jdbc, String tableName) {

	/**
	 * Return the number of requests whose result is not final yet.
	 * @return the number for all instances
	 */
	public long waiting() {
		Long count = this.jdbc.queryForObject("SELECT COUNT(*) FROM " + this.tableName + " WHERE task_name = ?",
				Long.class, FollowUpTask.NAME);
		return (count != null) ? count : 0;
	}

}
