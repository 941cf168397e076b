package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.SchedulerBuilder;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.Ticker;
import io.github.k2connect.database.K2Database;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

/**
 * The scheduler of k2-connect, as tests use it.
 */
public final class TestScheduler {

	private TestScheduler() {
	}

	/**
	 * Create a scheduler that executes what is due when a test says so.
	 */
	public static ManualScheduler manual(K2Database database, SettableClock time, K2Task... tasks) {
		return manual(new TaskTable(database), time,
				Arrays.stream(tasks).map((task) -> adapt(task, new MovedClock(time))).toList());
	}

	private static ManualScheduler manual(TaskTable table, SettableClock time, List<? extends Task<String>> tasks) {
		SchedulerBuilder builder = builder(table, time, tasks);
		if (table.database().dialect().locksAndFetches()) {
			builder.pollUsingLockAndFetch(0.99, 1.0);
		}
		return (ManualScheduler) builder.build();
	}

	static SchedulerBuilder builder(TaskTable table, SettableClock time, List<? extends Task<String>> tasks) {
		TestHelper.ManualSchedulerBuilder builder = TestHelper
			.createManualScheduler(new TransactionAwareDataSourceProxy(table.database().dataSource()),
					List.copyOf(tasks))
			.clock(time);
		return builder.tableName(table.name())
			.serializer(new TextSerializer())
			.jdbcCustomization(table.customization())
			.schedulerName(new SchedulerName.Fixed("test"))
			.heartbeatInterval(Duration.ofSeconds(8))
			.deleteUnresolvedAfter(Duration.ofDays(36_500));
	}

	/**
	 * Return a task as db-scheduler executes it, without a limit for threads.
	 */
	public static Task<String> adapt(K2Task task, Clock clock) {
		return new TaskAdapter(task, ThreadLimit.of(Integer.MAX_VALUE, Ticker.SYSTEM), new RunningExecutions(),
				delays(clock));
	}

	/**
	 * Create a scheduler with one thread for events and one for calls, which polls often.
	 */
	public static K2Scheduler create(TaskTable table, K2Task... tasks) {
		return create(table, 1, Duration.ofSeconds(20), tasks);
	}

	/**
	 * Create a scheduler that polls often.
	 */
	public static K2Scheduler create(TaskTable table, int threads, Duration shutdownTimeout, K2Task... tasks) {
		return new K2Scheduler(table, Arrays.asList(tasks),
				new SchedulerProperties(threads, Duration.ofMillis(50), Duration.ofSeconds(8), shutdownTimeout),
				threads, Delays.SYSTEM);
	}

	/**
	 * Let a table wake something else than a scheduler.
	 */
	public static void wakes(TaskTable table, Runnable wake) {
		table.wakes(wake, null);
	}

	/**
	 * Return the delays of a clock, with a random part.
	 */
	public static Delays delays(Clock clock) {
		return new Delays(clock, () -> ThreadLocalRandom.current().nextLong());
	}

	/**
	 * Let time pass from one execution to the next, but at least by a second.
	 */
	public static void pass(Duration duration, SettableClock time, Supplier<Instant> nextExecution,
			Runnable executeDue) {
		for (Instant end = time.now().plus(duration); time.now().isBefore(end);) {
			Instant soonest = time.now().plusSeconds(1);
			Instant next = nextExecution.get();
			next = next.isBefore(soonest) ? soonest : next;
			time.set(next.isBefore(end) ? next : end);
			executeDue.run();
		}
	}

	/**
	 * Return when the next execution is due, {@link Instant#MAX} if there is none.
	 */
	public static Instant nextExecution(DataSource dataSource) {
		return JdbcClient.create(dataSource)
			.sql("SELECT execution_time FROM k2_task ORDER BY execution_time FETCH FIRST ROW ONLY")
			.query((row, number) -> row.getObject(1, OffsetDateTime.class).toInstant())
			.optional()
			.orElse(Instant.MAX);
	}

	/**
	 * What was done with a row.
	 */
	public static final class RecordedRow implements NextStep.Row {

		private @Nullable String step;

		/**
		 * Take a step, and return what it did with the row.
		 */
		public static @Nullable String of(NextStep step) {
			RecordedRow row = new RecordedRow();
			step.take(row);
			return row.step;
		}

		@Override
		public boolean remove() {
			this.step = "remove";
			return true;
		}

		@Override
		public void reschedule(Instant time, String data) {
			this.step = "reschedule " + time + " " + data;
		}

		@Override
		public void postpone(Instant time, @Nullable String data) {
			this.step = "postpone " + time + " " + data;
		}

		@Override
		public void retry(Instant time, @Nullable String data) {
			this.step = "retry " + time + " " + data;
		}

	}

}
