package io.github.k2connect.simulation;

import java.util.function.IntSupplier;

import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;

/**
 * A task whose executions without an interruption are counted.
 */
final class CountedTask implements K2Task {

	private final K2Task task;

	private final IntSupplier interruptions;

	private int undisturbed;

	CountedTask(K2Task task, IntSupplier interruptions) {
		this.task = task;
		this.interruptions = interruptions;
	}

	int undisturbed() {
		return this.undisturbed;
	}

	@Override
	public String name() {
		return this.task.name();
	}

	@Override
	public Threads threads() {
		return this.task.threads();
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		int before = this.interruptions.getAsInt();
		NextStep step = this.task.execute(execution);
		this.undisturbed += (this.interruptions.getAsInt() == before) ? 1 : 0;
		return step;
	}

	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		return this.task.failed(execution, failure);
	}

	@Override
	public NextStep crashed(TaskExecution execution) {
		return this.task.crashed(execution);
	}

}
