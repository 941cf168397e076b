package io.github.k2connect.scheduling;

import java.util.Collection;
import java.util.List;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.database.K2Database;
import org.jspecify.annotations.Nullable;

/**
 * A {@link K2Scheduler} without threads: it executes what is due when a test says so.
 * Each start creates a new scheduler of db-scheduler.
 */
public final class ManualK2Scheduler {

	private final TaskTable table;

	private final SettableClock time;

	private final int threadsForEvents;

	private final List<K2Task> tasks;

	private final Delays delays;

	private @Nullable ManualScheduler scheduler;

	private @Nullable RunningExecutions running;

	/**
	 * Create the scheduler.
	 */
	public ManualK2Scheduler(K2Database database, SettableClock time, int threadsForEvents, Collection<K2Task> tasks,
			Delays delays) {
		this.table = new TaskTable(database);
		this.table.customization();
		this.time = time;
		this.threadsForEvents = threadsForEvents;
		this.tasks = List.copyOf(tasks);
		this.delays = delays;
	}

	/**
	 * Start.
	 */
	public void start() {
		RunningExecutions executions = new RunningExecutions();
		ThreadLimit events = ThreadLimit.of(this.threadsForEvents);
		ThreadLimit calls = ThreadLimit.of(Math.max(1, this.threadsForEvents / 2));
		this.scheduler = TestScheduler.manual(this.table, this.time,
				this.tasks.stream()
					.map((task) -> new TaskAdapter(task, (task.threads() == K2Task.Threads.EVENTS) ? events : calls,
							executions, this.delays))
					.toList());
		this.running = executions;
	}

	/**
	 * Stop. What was picked before is postponed.
	 */
	public void stop() {
		if (this.running != null) {
			this.running.stop();
		}
	}

	/**
	 * Execute what is due.
	 */
	public void executeDue() {
		if (this.scheduler != null) {
			this.scheduler.runAnyDueExecutions();
		}
	}

	/**
	 * Look for executions of instances that crashed.
	 */
	public void detectDead() {
		if (this.scheduler != null) {
			this.scheduler.runDeadExecutionDetection();
		}
	}

}
