package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.random.RandomGenerator;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.DeadExecutionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import org.apiguardian.api.API;

/**
 * Task of k2-connect. It handles its own failures, and the executions whose instance has
 * crashed.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public abstract class K2Task extends AbstractTask<String>
		implements FailureHandler<String>, DeadExecutionHandler<String> {

	private static final Duration NOT_RUNNING_DELAY = Duration.ofSeconds(1);

	private final Executions executions;

	/**
	 * Create the task.
	 * @param name the name of the task in db-scheduler's table
	 * @param executions the conditions for its executions
	 */
	@SuppressWarnings("NullAway") // the getters of the handlers are overridden
	protected K2Task(String name, Executions executions) {
		super(name, String.class, null, null);
		this.executions = executions;
	}

	@Override
	public final FailureHandler<String> getFailureHandler() {
		return this;
	}

	@Override
	public final DeadExecutionHandler<String> getDeadExecutionHandler() {
		return this;
	}

	@Override
	public final SchedulableInstance<String> schedulableInstance(String id) {
		return new SchedulableTaskInstance<>(instance(id), (now) -> now);
	}

	@Override
	public final SchedulableInstance<String> schedulableInstance(String id, String data) {
		return new SchedulableTaskInstance<>(instance(id, data), (now) -> now);
	}

	/**
	 * Execute an instance of the task, or postpone it while the task may not run.
	 */
	@Override
	public final CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		ThreadLimit threads = this.executions.threads();
		if (!threads.acquire()) {
			return postpone(threads.delay());
		}
		try {
			return executeWhileRunning(instance, context);
		}
		finally {
			threads.release();
		}
	}

	private CompletionHandler<String> executeWhileRunning(TaskInstance<String> instance, ExecutionContext context) {
		TaskLifecycle lifecycle = this.executions.lifecycle();
		if (!lifecycle.begin()) {
			return postpone(NOT_RUNNING_DELAY);
		}
		try {
			return run(instance, context);
		}
		finally {
			lifecycle.end();
		}
	}

	/**
	 * Execute an instance of the task.
	 * @param instance the instance with its data
	 * @param context the context of the execution
	 * @return the next step
	 */
	protected abstract CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context);

	/**
	 * Repeat an execution whose instance has crashed.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		operations.reschedule(complete, now());
	}

	private CompletionHandler<String> postpone(Duration delay) {
		return new Postponement(now().plus(delay), null);
	}

	/**
	 * Postpone an execution that has done nothing. It counts neither as a success nor as
	 * a failure.
	 * @param time the time of the next execution
	 * @param data the new data
	 * @return the completion handler
	 */
	protected final CompletionHandler<String> postpone(Instant time, String data) {
		return new Postponement(time, data);
	}

	/**
	 * Schedule the next execution after a success.
	 * @param time the time of the next execution
	 * @param data the new data
	 * @return the completion handler
	 */
	protected static CompletionHandler<String> next(Instant time, String data) {
		return (complete, operations) -> operations.reschedule(complete, time, data);
	}

	/**
	 * Return the time of this instance's clock.
	 * @return the time
	 */
	protected final Instant now() {
		return this.executions.now();
	}

	/**
	 * Return a delay that doubles with each attempt, with a random extra.
	 * @param first the delay after the first attempt
	 * @param attempts the number of attempts
	 * @param longest the longest delay, without the extra
	 * @return the delay
	 */
	protected final Duration doubled(Duration first, int attempts, Duration longest) {
		Duration delay = first;
		for (int attempt = 1; attempt < attempts && delay.compareTo(longest) < 0; attempt++) {
			delay = delay.multipliedBy(2);
		}
		return spread((delay.compareTo(longest) < 0) ? delay : longest);
	}

	/**
	 * Return the delay with a random extra.
	 * @param delay the delay
	 * @return the longer delay
	 */
	protected final Duration spread(Duration delay) {
		return this.executions.spread(delay);
	}

	/**
	 * The conditions for the executions of a task.
	 *
	 * @param lifecycle says when listeners may be called
	 * @param threads the limit for threads
	 * @param clock the clock of this instance
	 * @param random the source of the random part of delays
	 */
	public record Executions(TaskLifecycle lifecycle, ThreadLimit threads, Clock clock, RandomGenerator random) {

		/**
		 * Return the time of this instance's clock.
		 * @return the time
		 */
		public Instant now() {
			return this.clock.instant();
		}

		/**
		 * Return the delay with a random extra of up to a quarter, so that what fails at
		 * the same time is not repeated at the same time.
		 * @param delay the delay
		 * @return the longer delay
		 */
		public Duration spread(Duration delay) {
			return delay.plusMillis(this.random.nextLong(delay.toMillis() / 4 + 1));
		}

	}

}
