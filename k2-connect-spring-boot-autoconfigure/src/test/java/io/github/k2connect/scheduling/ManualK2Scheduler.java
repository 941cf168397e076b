package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.Ticker;
import org.jspecify.annotations.Nullable;

/**
 * A {@link K2Scheduler} without threads: it executes what is due when a test says so.
 * Each start creates a new scheduler of db-scheduler.
 */
public final class ManualK2Scheduler {

	/**
	 * The statement with which db-scheduler gives back the rows of unknown tasks.
	 */
	private static final String UNPICK = "set picked = ?, picked_by = ?, version = version + 1 where picked = ?";

	private static final String GIVE_BACK = "picked_by = NULL";

	private final TaskTable table;

	private final String name;

	private final boolean handsOver;

	private final SettableClock time;

	private final Ticker ticker;

	private final int threadsForEvents;

	private final List<K2Task> tasks;

	private final Delays delays;

	private @Nullable ManualScheduler scheduler;

	private @Nullable RunningExecutions running;

	private @Nullable HandOver handOver;

	private boolean started;

	private int starts;

	/**
	 * Create the scheduler.
	 */
	public ManualK2Scheduler(TaskTable table, String name, boolean handsOver, SettableClock time, Ticker ticker,
			int threadsForEvents, Collection<K2Task> tasks, Delays delays) {
		this.table = table;
		this.table.customization();
		this.name = name;
		this.handsOver = handsOver;
		this.time = time;
		this.ticker = ticker;
		this.threadsForEvents = threadsForEvents;
		this.tasks = List.copyOf(tasks);
		this.delays = delays;
	}

	/**
	 * Start, unless it runs.
	 */
	public void start() {
		if (this.started) {
			return;
		}
		this.started = true;
		RunningExecutions executions = new RunningExecutions();
		int threadsForCalls = Math.max(1, this.threadsForEvents / 2);
		ThreadLimit events = ThreadLimit.of(this.threadsForEvents, this.ticker);
		ThreadLimit calls = ThreadLimit.of(threadsForCalls, this.ticker);
		SchedulerBuilder builder = TestScheduler
			.builder(this.table, this.time,
					this.tasks.stream()
						.map((task) -> new TaskAdapter(task, (task.threads() == K2Task.Threads.EVENTS) ? events : calls,
								executions, this.delays))
						.toList())
			.threads(this.threadsForEvents + threadsForCalls);
		this.starts++;
		if (this.handsOver) {
			this.handOver = new HandOver(this.table, holder(),
					this.tasks.stream().map(K2Task::name).collect(Collectors.toSet()), events, Duration.ofSeconds(8),
					Duration.ofSeconds(1), this.delays, this.ticker);
			builder.pollUsingLockAndFetch(0.99, 1.0)
				.jdbcCustomization(new PickingCustomization(this.handOver, holder()));
		}
		this.table.wakes(() -> {
		}, this.handOver);
		this.scheduler = (ManualScheduler) builder.build();
		this.running = executions;
	}

	/**
	 * Return the name in the rows that this scheduler has picked since its last start.
	 */
	public String holder() {
		return this.name + "-" + this.starts;
	}

	/**
	 * Stop. What was picked before is postponed.
	 */
	public void stop() {
		this.started = false;
		this.table.wakes(() -> {
		}, null);
		if (this.running != null) {
			this.running.stop();
		}
		if (this.handOver != null) {
			this.handOver.close();
		}
	}

	/**
	 * Return whether a statement is one of a poll.
	 */
	public static boolean isPoll(String sql) {
		return sql.contains(PickingCustomization.POLL) || sql.contains(UNPICK) || sql.contains(GIVE_BACK);
	}

	/**
	 * Return whether it was started and not stopped.
	 */
	public boolean isRunning() {
		return this.started;
	}

	/**
	 * Return the ids of the rows whose executions wait in memory.
	 */
	public List<String> waiting() {
		return (this.handOver != null)
				? this.handOver.waiting().stream().map((waiting) -> waiting.execution().taskInstance.getId()).toList()
				: List.of();
	}

	/**
	 * Lose the executions that wait in memory.
	 */
	public void loseWaiting() {
		if (this.handOver != null) {
			this.handOver.take(Integer.MAX_VALUE);
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
