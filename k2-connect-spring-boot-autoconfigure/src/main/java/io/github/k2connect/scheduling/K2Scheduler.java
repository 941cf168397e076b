package io.github.k2connect.scheduling;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.logging.LogLevel;
import com.github.kagkarlsson.scheduler.task.Task;
import io.github.k2connect.Ticker;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The scheduler of k2-connect, which executes the rows of the table. It starts after and
 * stops before everything else of the application. Each start creates a new scheduler of
 * db-scheduler, which can start only once.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class K2Scheduler implements SmartLifecycle {

	/**
	 * Longer than any row waits: the rows of a task that this instance does not have are
	 * those of another one.
	 */
	private static final Duration NEVER = Duration.ofDays(36_500);

	private static final int MISSED_HEARTBEATS_LIMIT = 4;

	/**
	 * What part of the shutdown is left for listeners that are interrupted. db-scheduler
	 * waits for them twice, before and after it interrupts them.
	 */
	private static final int INTERRUPTED_PART = 20;

	private static final String THREADS = "k2-scheduler-";

	/**
	 * What the column for the name has room for, less the random part.
	 */
	private static final int MAX_HOST_LENGTH = 41;

	private final TaskTable table;

	private final List<K2Task> tasks;

	private final SchedulerProperties properties;

	private final int threadsForEvents;

	private final Delays delays;

	private volatile @Nullable Running running;

	/**
	 * Create the scheduler.
	 * @param table the table
	 * @param tasks the tasks
	 * @param properties the settings
	 * @param threadsForEvents how many events are handled at a time
	 * @param delays the time
	 */
	K2Scheduler(TaskTable table, Collection<K2Task> tasks, SchedulerProperties properties, int threadsForEvents,
			Delays delays) {
		this.table = table;
		this.tasks = List.copyOf(tasks);
		this.properties = properties;
		this.threadsForEvents = threadsForEvents;
		this.delays = delays;
	}

	/**
	 * Start, unless there is nothing to execute. In direct mode the table may be missing.
	 */
	@Override
	public synchronized void start() {
		if (this.running != null || this.tasks.isEmpty() || !this.table.isUsable()) {
			return;
		}
		RunningExecutions executions = new RunningExecutions();
		String name = name();
		ThreadLimit events = ThreadLimit.waiting(this.threadsForEvents, Ticker.SYSTEM);
		HandOver handOver = this.table.database().dialect().locksAndFetches() ? handOver(name, events) : null;
		Scheduler scheduler = create(name, events, executions, handOver);
		this.tasks.forEach(K2Task::started);
		scheduler.start();
		this.table.wakes(scheduler::triggerCheckForDueExecutions, handOver);
		this.running = new Running(scheduler, executions, handOver);
	}

	/**
	 * Return a name that no other scheduler has. Several may run on a host.
	 */
	private static String name() {
		String host = new SchedulerName.Hostname().getName();
		return host.substring(0, Math.min(host.length(), MAX_HOST_LENGTH)) + "-"
				+ UUID.randomUUID().toString().substring(0, 8);
	}

	private HandOver handOver(String name, ThreadLimit events) {
		return new HandOver(this.table, name, this.tasks.stream().map(K2Task::name).collect(Collectors.toSet()), events,
				this.properties.heartbeatInterval(), this.properties.pollingInterval(), this.delays, Ticker.SYSTEM);
	}

	private Scheduler create(String name, ThreadLimit events, RunningExecutions executions,
			@Nullable HandOver handOver) {
		int threadsForCalls = Math.max(1, this.threadsForEvents / 2);
		int threads = this.threadsForEvents + threadsForCalls;
		ThreadLimit calls = ThreadLimit.of(threadsForCalls, Ticker.SYSTEM);
		List<Task<?>> adapted = new ArrayList<>();
		this.tasks.forEach((task) -> adapted.add(new TaskAdapter(task,
				(task.threads() == K2Task.Threads.EVENTS) ? events : calls, executions, this.delays)));
		SchedulerBuilder builder = Scheduler
			.create(new TransactionAwareDataSourceProxy(this.table.database().dataSource()), adapted)
			.tableName(this.table.name())
			.serializer(new TextSerializer())
			.schedulerName(new SchedulerName.Fixed(name))
			.jdbcCustomization(this.table.customization())
			.clock(this.delays::now)
			.threads(threads)
			.executorService(Executors.newFixedThreadPool(threads, threads("")))
			.dueExecutor(Executors.newSingleThreadExecutor(threads("poll-")))
			.housekeeperExecutor(Executors.newScheduledThreadPool(2, threads("heartbeat-")))
			.pollingInterval(this.properties.pollingInterval())
			.heartbeatInterval(this.properties.heartbeatInterval())
			.missedHeartbeatsLimit(MISSED_HEARTBEATS_LIMIT)
			.deleteUnresolvedAfter(NEVER)
			.shutdownMaxWait(interruptedWait())
			.enableImmediateExecution()
			.failureLogging(LogLevel.OFF, false)
			.addSchedulerListener(new Monitor(this.tasks));
		if (handOver != null) {
			builder.pollUsingLockAndFetch(0.99, 1.0)
				.jdbcCustomization(handOver.customization())
				.addSchedulerListener(handOver.listener());
		}
		return builder.build();
	}

	/**
	 * Return a factory of threads that let a program end without a web server.
	 */
	private static ThreadFactory threads(String purpose) {
		CustomizableThreadFactory factory = new CustomizableThreadFactory(THREADS + purpose);
		factory.setDaemon(true);
		return factory;
	}

	private Duration interruptedWait() {
		return this.properties.shutdownTimeout().dividedBy(INTERRUPTED_PART);
	}

	/**
	 * Stop. Executions that have not begun are postponed, so that another instance takes
	 * them.
	 */
	@Override
	public synchronized void stop() {
		Running stopped = this.running;
		if (stopped != null) {
			this.table.wakes(() -> {
			}, null);
			stopped.scheduler().pause();
			stopped.executions().stop();
			if (stopped.handOver() != null) {
				stopped.handOver().close();
			}
			this.running = null;
			stopped.executions().awaitEnd(this.properties.shutdownTimeout().minus(interruptedWait().multipliedBy(2)));
			stopped.scheduler().stop();
		}
	}

	@Override
	public boolean isRunning() {
		return this.running != null;
	}

	private record Running(Scheduler scheduler, RunningExecutions executions, @Nullable HandOver handOver) {

	}

	/**
	 * Called by db-scheduler's housekeeping, which has threads of its own.
	 */
	private static final class Monitor extends AbstractSchedulerListener {

		private final List<K2Task> tasks;

		Monitor(List<K2Task> tasks) {
			this.tasks = tasks;
		}

		@Override
		public void onSchedulerEvent(com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType type) {
			this.tasks.forEach(K2Task::monitor);
		}

	}

}
