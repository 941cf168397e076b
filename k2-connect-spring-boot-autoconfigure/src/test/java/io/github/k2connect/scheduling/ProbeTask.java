package io.github.k2connect.scheduling;

import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * A task that records what happens to it.
 */
public class ProbeTask implements K2Task {

	public final Queue<TaskExecution> executions = new ConcurrentLinkedQueue<>();

	final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

	final Queue<TaskExecution> crashes = new ConcurrentLinkedQueue<>();

	private final String name;

	private final Threads threads;

	private final Function<TaskExecution, NextStep> handling;

	public ProbeTask(String name, Threads threads, Function<TaskExecution, NextStep> handling) {
		this.name = name;
		this.threads = threads;
		this.handling = handling;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public Threads threads() {
		return this.threads;
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		this.executions.add(execution);
		return this.handling.apply(execution);
	}

	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		this.failures.add(failure);
		return NextStep.retry(Instant.now());
	}

	@Override
	public NextStep crashed(TaskExecution execution) {
		this.crashes.add(execution);
		return NextStep.retry(Instant.now());
	}

}
