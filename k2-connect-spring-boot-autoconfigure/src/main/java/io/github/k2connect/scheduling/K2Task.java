package io.github.k2connect.scheduling;

import org.apiguardian.api.API;

/**
 * Work that survives the end of an instance. Each execution is a row of the table, with
 * an id and a text. An execution runs at one instance at a time.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public interface K2Task {

	/**
	 * Return the name of the task in the table.
	 * @return the name
	 */
	String name();

	/**
	 * Return the threads on which the task runs.
	 * @return the kind of threads
	 */
	Threads threads();

	/**
	 * Execute the task once.
	 * @param execution the execution
	 * @return the next step, after a success
	 */
	NextStep execute(TaskExecution execution);

	/**
	 * Return the next step after a failure.
	 * @param execution the execution
	 * @param failure what {@link #execute} threw
	 * @return the next step
	 */
	NextStep failed(TaskExecution execution, Throwable failure);

	/**
	 * Return the next step of an execution whose instance has crashed. That instance may
	 * still be alive.
	 * @param execution the execution
	 * @return the next step
	 */
	NextStep crashed(TaskExecution execution);

	/**
	 * Called at each start of the scheduler, before the first execution.
	 */
	default void started() {
	}

	/**
	 * Called regularly while executions run.
	 */
	default void monitor() {
	}

	/**
	 * The threads of the scheduler. Neither kind takes those of the other.
	 */
	enum Threads {

		/**
		 * Threads for tasks that call listeners.
		 */
		EVENTS,

		/**
		 * Threads for tasks that call Kopo Kopo.
		 */
		CALLS

	}

}
