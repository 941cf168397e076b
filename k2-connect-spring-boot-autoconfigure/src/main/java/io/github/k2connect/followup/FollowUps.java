package io.github.k2connect.followup;

import io.github.k2connect.scheduling.TaskTable;
import org.apiguardian.api.API;

/**
 * What operators see of the follow-ups.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class FollowUps {

	private final TaskTable table;

	/**
	 * Create the object.
	 * @param table the table of tasks
	 */
	FollowUps(TaskTable table) {
		this.table = table.monitored();
	}

	/**
	 * Return how many requests are followed up. The time of the statement is limited.
	 * @return the number for all instances
	 */
	public long waiting() {
		return this.table.count(FollowUpTask.NAME, "", (statement) -> {
		});
	}

}
