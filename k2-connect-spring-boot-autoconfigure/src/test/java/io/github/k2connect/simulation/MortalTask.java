package io.github.k2connect.simulation;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.scheduling.K2Task;

/**
 * A task of an instance, whose executions that are declared dead are recorded.
 */
final class MortalTask extends AbstractTask<String> {

	private final K2Task task;

	MortalTask(K2Task task, World world) {
		super(task.getName(), String.class, task, (complete, operations) -> die(task, world, complete, operations));
		this.task = task;
	}

	/**
	 * Declare an execution dead. It is dead as soon as its row is not picked any more,
	 * even if the answer of the database is lost.
	 */
	private static void die(K2Task task, World world, ExecutionComplete complete,
			ExecutionOperations<String> operations) {
		Execution execution = complete.getExecution();
		try {
			task.deadExecution(complete, operations);
		}
		finally {
			if (world.database().rows().stream().noneMatch((row) -> row.isPickOf(execution))) {
				world.ledger().died(execution.getId());
			}
		}
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		return this.task.execute(instance, context);
	}

	@Override
	public SchedulableInstance<String> schedulableInstance(String id) {
		return this.task.schedulableInstance(id);
	}

	@Override
	public SchedulableInstance<String> schedulableInstance(String id, String data) {
		return this.task.schedulableInstance(id, data);
	}

}
