package io.github.k2connect.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.scheduling.K2Task.Threads;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2Scheduler}, with and without picks of several rows at once.
 */
@ParameterizedClass
@ValueSource(booleans = { false, true })
class K2SchedulerTests {

	private final HikariDataSource pool = new HikariDataSource();

	private final TaskTable table;

	private K2Scheduler scheduler;

	K2SchedulerTests(boolean postgresql) {
		DataSource dataSource = postgresql ? PostgresqlServer.createDataSource() : TestTables.inH2();
		TestTables.create(dataSource);
		this.pool.setDataSource(dataSource);
		this.table = new TaskTable(TestTables.of(this.pool));
		this.scheduler = TestScheduler.create(this.table);
	}

	@AfterEach
	void close() {
		this.scheduler.stop();
		this.pool.close();
	}

	private void start(K2Task... tasks) {
		this.scheduler = TestScheduler.create(this.table, tasks);
		this.scheduler.start();
	}

	private void schedule(String task, int count) {
		this.table.insert(IntStream.range(0, count)
			.mapToObj((id) -> new NewRow(task, task + id, "", null, Instant.now()))
			.toList());
		this.table.wake();
	}

	private List<Row> rows(String... tasks) {
		return Stream.of(tasks).flatMap((task) -> this.table.all(task).stream()).toList();
	}

	private static void acquire(Semaphore permits) {
		try {
			permits.acquire();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException("Interrupted", ex);
		}
	}

	@Test
	void executesRowsUntilStopAndAgainAfterNextStart() {
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		start(task);
		for (int start = 1; start <= 3; start++) {
			schedule("events", 20);
			Awaitility.await().untilAsserted(() -> assertThat(rows("events")).isEmpty());
			assertThat(task.executions).hasSize(start * 20);
			this.scheduler.stop();
			assertThat(this.scheduler.isRunning()).isFalse();
			schedule("other", 1);
			this.scheduler.start();
			assertThat(this.scheduler.isRunning()).isTrue();
			assertThat(rows("other")).hasSize(1);
			new JdbcTemplate(this.pool).update("DELETE FROM k2_task WHERE task_name = 'other'");
		}
	}

	/**
	 * A program without a web server ends when its main method does.
	 */
	@Test
	void letsProgramEnd() {
		start(new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove()));
		schedule("events", 1);
		Awaitility.await().untilAsserted(() -> assertThat(rows("events")).isEmpty());
		assertThat(Thread.getAllStackTraces().keySet())
			.filteredOn((thread) -> thread.getName().startsWith("k2-scheduler-"))
			.isNotEmpty()
			.allMatch(Thread::isDaemon);
	}

	@Test
	void doesNotStartWithoutTableOrTasks() {
		start();
		assertThat(this.scheduler.isRunning()).isFalse();
		new JdbcTemplate(this.pool).execute("DROP TABLE k2_task");
		start(new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove()));
		assertThat(this.scheduler.isRunning()).isFalse();
	}

	@Test
	void leavesRowsOfOtherInstancesHoweverOldTheyAre() {
		SettableClock time = new SettableClock();
		time.set(Instant.now());
		AtomicInteger checks = new AtomicInteger();
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove()) {

			@Override
			public void monitor() {
				checks.incrementAndGet();
			}

		};
		schedule("unknown", 1);
		new JdbcTemplate(this.pool).update("INSERT INTO k2_task (task_name, task_instance, execution_time, picked,"
				+ " picked_by, last_heartbeat, version) SELECT 'crashed', 'c', execution_time, ?, 'dead',"
				+ " execution_time, 1 FROM k2_task", true);
		this.scheduler = new K2Scheduler(this.table, List.of(task),
				new SchedulerProperties(1, Duration.ofMillis(20), Duration.ofMillis(20), Duration.ofSeconds(1)), 1,
				TestScheduler.delays(new MovedClock(time)));
		this.scheduler.start();
		for (int century = 0; century < 3; century++) {
			int before = checks.get();
			Awaitility.await().until(() -> checks.get() > before + 10);
			time.tick(Duration.ofDays(10_000));
		}
		assertThat(rows("unknown", "crashed")).hasSize(2);
	}

	@Test
	void repeatsFailedExecutionWithoutLoggingItItself() {
		IllegalStateException failure = new IllegalStateException("failed");
		Semaphore attempts = new Semaphore(0);
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> {
			attempts.release();
			if (execution.failures() < 2) {
				throw failure;
			}
			return NextStep.remove();
		});
		start(task);
		schedule("events", 1);
		Awaitility.await().untilAsserted(() -> assertThat(rows("events")).isEmpty());
		assertThat(attempts.availablePermits()).isEqualTo(3);
		assertThat(task.failures).containsExactly(failure, failure);
	}

	@Test
	void handlesEventsWhileKopoKopoHangs() {
		CountDownLatch end = new CountDownLatch(1);
		Semaphore hanging = new Semaphore(0);
		ProbeTask calls = new ProbeTask("calls", Threads.CALLS, (execution) -> hang(hanging, end));
		ProbeTask moreCalls = new ProbeTask("more-calls", Threads.CALLS, (execution) -> hang(hanging, end));
		ProbeTask events = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		start(calls, moreCalls, events);
		schedule("calls", 20);
		schedule("more-calls", 20);
		acquire(hanging);
		schedule("events", 50);
		Awaitility.await().untilAsserted(() -> assertThat(rows("events")).isEmpty());
		assertThat(calls.executions.size() + moreCalls.executions.size()).isOne();
		end.countDown();
	}

	@Test
	void callsKopoKopoWhileListenersHang() {
		CountDownLatch end = new CountDownLatch(1);
		Semaphore hanging = new Semaphore(0);
		ProbeTask events = new ProbeTask("events", Threads.EVENTS, (execution) -> hang(hanging, end));
		ProbeTask calls = new ProbeTask("calls", Threads.CALLS, (execution) -> NextStep.remove());
		start(calls, events);
		schedule("events", 50);
		acquire(hanging);
		schedule("calls", 10);
		Awaitility.await().untilAsserted(() -> assertThat(rows("calls")).isEmpty());
		assertThat(events.executions).hasSize(1);
		end.countDown();
	}

	private static NextStep hang(Semaphore hanging, CountDownLatch end) {
		hanging.release();
		try {
			end.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException("Interrupted", ex);
		}
		return NextStep.remove();
	}

	@Test
	void waitsAtStopForExecutionThatRunsAndPostponesTheOthers() throws Exception {
		CountDownLatch end = new CountDownLatch(1);
		Semaphore hanging = new Semaphore(0);
		ProbeTask events = new ProbeTask("events", Threads.EVENTS, (execution) -> hang(hanging, end));
		start(events);
		schedule("events", 10);
		acquire(hanging);
		Thread stop = new Thread(this.scheduler::stop);
		stop.start();
		stop.join(300);
		assertThat(stop.isAlive()).isTrue();
		end.countDown();
		stop.join();
		assertThat(events.executions).hasSize(1);
		assertThat(events.failures).isEmpty();
		assertThat(rows("events")).hasSize(9).allMatch((row) -> row.failures() == 0);
		assertThat(new JdbcTemplate(this.pool).queryForObject("SELECT COUNT(*) FROM k2_task WHERE picked = true",
				Long.class))
			.isZero();
	}

	@Test
	void interruptsExecutionThatRunsForLongerThanShutdownTimeout() {
		Semaphore hanging = new Semaphore(0);
		ProbeTask events = new ProbeTask("events", Threads.EVENTS, (execution) -> hang(hanging, new CountDownLatch(1)));
		this.scheduler = TestScheduler.create(this.table, 1, Duration.ofSeconds(2), events);
		this.scheduler.start();
		schedule("events", 1);
		acquire(hanging);
		this.scheduler.stop();
		assertThat(events.failures).singleElement()
			.satisfies((failure) -> assertThat(failure).hasMessage("Interrupted"));
		assertThat(rows("events")).singleElement().extracting(Row::failures).isEqualTo(1);
	}

}
