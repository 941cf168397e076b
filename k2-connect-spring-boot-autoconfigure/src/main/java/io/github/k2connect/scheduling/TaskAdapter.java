package io.github.k2connect.scheduling;

import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * A {@link K2Task} as db-scheduler executes it. An execution is postponed while all
 * threads of its kind are busy, and while the scheduler stops.
 */
final class TaskAdapter extends AbstractTask<String> implements FailureHandler<String>, DeadExecutionHandler<String> {

	private static final Log logger = LogFactory.getLog(TaskAdapter.class);

	private static final Duration NOT_RUNNING_DELAY = Duration.ofSeconds(1);

	private final K2Task task;

	private final ThreadLimit threads;

	private final RunningExecutions running;

	private final Delays delays;

	/**
	 * Create the adapter.
	 * @param task the task
	 * @param threads the limit for its threads
	 * @param running the executions that run
	 * @param delays the time
	 */
	@SuppressWarnings("NullAway") // the getters of the handlers are overridden
	TaskAdapter(K2Task task, ThreadLimit threads, RunningExecutions running, Delays delays) {
		super(task.name(), String.class, null, null);
		this.task = task;
		this.threads = threads;
		this.running = running;
		this.delays = delays;
	}

	@Override
	public FailureHandler<String> getFailureHandler() {
		return this;
	}

	@Override
	public DeadExecutionHandler<String> getDeadExecutionHandler() {
		return this;
	}

	@Override
	public SchedulableInstance<String> schedulableInstance(String id) {
		return new SchedulableTaskInstance<>(instance(id), (now) -> now);
	}

	@Override
	public SchedulableInstance<String> schedulableInstance(String id, String data) {
		return new SchedulableTaskInstance<>(instance(id, data), (now) -> now);
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		if (!this.threads.acquire()) {
			return postpone(this.threads.delay());
		}
		try {
			if (!this.running.begin()) {
				return postpone(NOT_RUNNING_DELAY);
			}
			try {
				return completion(this.task.execute(read(context.getExecution())));
			}
			finally {
				this.running.end();
			}
		}
		finally {
			this.threads.release();
		}
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		Throwable failure = complete.getCause().orElseGet(() -> new IllegalStateException("The reason is unknown"));
		completion(this.task.failed(read(complete.getExecution()), failure)).complete(complete, operations);
	}

	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		completion(this.task.crashed(read(complete.getExecution()))).complete(complete, operations);
	}

	private CompletionHandler<String> postpone(Duration delay) {
		return completion(NextStep.postpone(this.delays.now().plus(delay), null));
	}

	private static TaskExecution read(Execution execution) {
		return new TaskExecution(execution.getId(), (String) execution.taskInstance.getData(),
				execution.consecutiveFailures, execution.version);
	}

	private static CompletionHandler<String> completion(NextStep step) {
		return (complete, operations) -> step.take(new AdaptedRow(complete, operations));
	}

	/**
	 * The row of an execution.
	 *
	 * @param complete the end of the execution
	 * @param operations changes the row, if its version is still that of the execution
	 */
	private record AdaptedRow(ExecutionComplete complete,
			ExecutionOperations<String> operations) implements NextStep.Row {

		@Override
		public boolean remove() {
			try {
				this.operations.remove();
				return true;
			}
			catch (ExecutionException ex) {
				logger.debug("Another instance has taken over an execution", ex);
				return false;
			}
		}

		@Override
		public void reschedule(Instant time, String data) {
			Execution execution = this.complete.getExecution();
			Instant end = this.complete.getTimeDone();
			this.operations.reschedule(ExecutionComplete.success(execution, end, end), time, data);
		}

		@Override
		public void retry(Instant time, @Nullable String data) {
			Execution execution = this.complete.getExecution();
			reschedule(this.complete.getTimeDone(), execution, time, data);
		}

		/**
		 * db-scheduler has no operation for this. It sets the number of consecutive
		 * failures to zero after a success, and adds one after a failure.
		 */
		@Override
		public void postpone(Instant time, @Nullable String data) {
			Execution execution = this.complete.getExecution();
			int failures = execution.consecutiveFailures;
			execution.consecutiveFailures = failures - 1;
			try {
				reschedule(execution.lastFailure, execution, time, data);
			}
			finally {
				execution.consecutiveFailures = failures;
			}
		}

		private void reschedule(@Nullable Instant lastFailure, Execution execution, Instant time,
				@Nullable String data) {
			ExecutionComplete failure = ExecutionComplete.failure(execution, this.complete.getTimeDone(), lastFailure,
					null);
			if (data != null) {
				this.operations.reschedule(failure, time, data);
			}
			else {
				this.operations.reschedule(failure, time);
			}
		}

	}

}
