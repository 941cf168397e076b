package io.github.k2connect.scheduling;

import org.apiguardian.api.API;

/**
 * An execution of a task.
 *
 * @param id the id of the row
 * @param data the text of the row
 * @param failures how many executions have failed since the last success
 * @param version the version of the row while this execution runs
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record TaskExecution(String id, String data, int failures, long version) {

	@Override
	public String toString() {
		return "TaskExecution[id=" + this.id + ", failures=" + this.failures + "]";
	}

}
