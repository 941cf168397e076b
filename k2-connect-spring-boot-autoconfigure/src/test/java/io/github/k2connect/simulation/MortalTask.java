package io.github.k2connect.simulation;

import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;

/**
 * The task of an instance's inbox. Its attempts are recorded, and its executions that are
 * declared dead.
 *
 * @param task the task
 * @param world the world, whose ledger has the records
 */
record MortalTask(K2Task task, World world) implements K2Task {

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
		if (!isPicked(execution) && this.world.hasRightClocks() && !this.world.hasNested()) {
			this.world.violate("An execution begins, and its row is not picked any more: " + execution);
		}
		this.world.ledger().attempted(execution.id());
		return this.task.execute(execution);
	}

	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		return this.task.failed(execution, failure);
	}

	/**
	 * Declare an execution dead. It is dead as soon as its row is not picked any more,
	 * even if the answer of the database is lost.
	 */
	@Override
	public NextStep crashed(TaskExecution execution) {
		NextStep step = this.task.crashed(execution);
		return (row) -> {
			try {
				step.take(row);
			}
			finally {
				if (!isPicked(execution)) {
					this.world.ledger().died(execution.id());
				}
			}
		};
	}

	private boolean isPicked(TaskExecution execution) {
		return this.world.database().rows().stream().anyMatch((row) -> row.isPickOf(this.task.name(), execution));
	}

}
