package io.github.k2connect.scheduling;

import java.time.Instant;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import org.jspecify.annotations.Nullable;

/**
 * Completion handler for an execution that did nothing: it is scheduled again, and counts
 * neither as a success nor as a failure. db-scheduler has no operation for that. It sets
 * the number of consecutive failures to zero after a success, and adds one after a
 * failure.
 *
 * @param time the time of the next execution
 * @param data the new data, or {@code null} to keep the data
 */
record Postponement(Instant time, @Nullable String data) implements CompletionHandler<String> {

	@Override
	public void complete(ExecutionComplete complete, ExecutionOperations<String> operations) {
		Execution execution = complete.getExecution();
		int failures = execution.consecutiveFailures;
		ExecutionComplete unchanged = ExecutionComplete.failure(execution, complete.getTimeDone(),
				execution.lastFailure, null);
		execution.consecutiveFailures = failures - 1;
		try {
			if (this.data != null) {
				operations.reschedule(unchanged, this.time, this.data);
			}
			else {
				operations.reschedule(unchanged, this.time);
			}
		}
		finally {
			execution.consecutiveFailures = failures;
		}
	}

}
