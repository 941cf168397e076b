package io.github.k2connect.scheduling;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
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

	private static final String NEVER = "EXISTS (SELECT 1 FROM k2_task WHERE task_data IS NULL AND task_instance = ?)";

	private final HikariDataSource pool = new HikariDataSource();

	private final boolean handsOver;

	private final TaskTable table;

	private K2Scheduler scheduler;

	K2SchedulerTests(boolean postgresql) {
		this.handsOver = postgresql;
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

	/**
	 * Insert a row as the inbox does.
	 */
	private static void insert(TaskTable table, String id) {
		assertThat(table.insertDue(new NewRow("events", id, "", null, Instant.now()), NEVER, true)).isTrue();
	}

	/**
	 * Start a scheduler that polls when it is woken, and hardly ever otherwise.
	 */
	private K2Scheduler startWithoutPolls(TaskTable table, int threads, Duration heartbeat, K2Task task) {
		K2Scheduler started = new K2Scheduler(table, List.of(task),
				new SchedulerProperties(threads, Duration.ofMinutes(10), heartbeat, Duration.ofSeconds(20)), threads,
				Delays.SYSTEM);
		started.start();
		return started;
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
	 * The version of a row that was picked after its insert is 2.
	 */
	@Test
	void executesWhatItInsertsWithoutPollingTheTable() {
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		this.scheduler = startWithoutPolls(this.table, 2, Duration.ofSeconds(8), task);
		for (int i = 1; i <= 30; i++) {
			insert(this.table, "event" + i);
			Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> rows("events").isEmpty());
		}
		assertThat(task.executions).hasSize(30)
			.filteredOn((execution) -> execution.version() == 1)
			.hasSizeBetween(this.handsOver ? 28 : 0, this.handsOver ? 30 : 0);
	}

	@Test
	void handsOverHoweverExecutionsEnd() {
		Map<String, Long> versions = new ConcurrentHashMap<>();
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> {
			versions.putIfAbsent(execution.id(), execution.version());
			if (execution.failures() == 0) {
				switch (execution.id().charAt(0)) {
					case 'e' -> throw new AssertionError("error");
					case 'x' -> throw new IllegalStateException("exception");
					case 'p' -> {
						return NextStep.retry(Instant.now());
					}
					case 'c' -> {
						return (row) -> {
							throw new IllegalStateException("The end fails");
						};
					}
					default -> {
					}
				}
			}
			return NextStep.remove();
		});
		this.scheduler = startWithoutPolls(this.table, 2, Duration.ofSeconds(8), task);
		for (int round = 0; round < 5; round++) {
			for (String id : List.of("error", "xception", "postponed", "completion", "good")) {
				insert(this.table, id + round);
				Awaitility.await()
					.pollInterval(Duration.ofMillis(5))
					.until(() -> rows("events").stream().allMatch((row) -> row.id().startsWith("completion")));
			}
		}
		assertThat(versions).hasSize(25);
		assertThat(versions.get("good4")).isEqualTo(this.handsOver ? 1 : 2);
	}

	/**
	 * The first instance is busy when its event is a heartbeat old.
	 */
	@Test
	void leavesEventThatWaitsForHeartbeatToOtherInstance() {
		CountDownLatch end = new CountDownLatch(1);
		Semaphore hanging = new Semaphore(0);
		AtomicInteger handled = new AtomicInteger();
		ProbeTask task = new ProbeTask("events", Threads.EVENTS,
				(execution) -> (handled.incrementAndGet() > 1) ? hang(hanging, end) : NextStep.remove());
		this.scheduler = startWithoutPolls(this.table, 2, Duration.ofMillis(200), task);
		insert(this.table, "quick");
		acquireAll(hanging, 0);
		Awaitility.await().until(() -> handled.get() == 1);
		insert(this.table, "1");
		insert(this.table, "2");
		insert(this.table, "3");
		acquireAll(hanging, 2);
		TaskTable otherTable = new TaskTable(TestTables.of(this.pool));
		ProbeTask otherTask = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		K2Scheduler other = TestScheduler.create(otherTable, otherTask);
		other.start();
		try {
			Awaitility.await().untilAsserted(() -> assertThat(otherTask.executions).hasSize(1));
			assertThat(otherTask.executions).allMatch((execution) -> execution.failures() == 0);
			assertThat(otherTask.crashes).isEmpty();
		}
		finally {
			end.countDown();
			other.stop();
		}
	}

	private static void acquireAll(Semaphore permits, int count) {
		for (int i = 0; i < count; i++) {
			acquire(permits);
		}
	}

	@Test
	void leavesEventToOtherInstanceWhileItDoesNotRun() {
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		this.scheduler = startWithoutPolls(this.table, 2, Duration.ofSeconds(8), task);
		this.scheduler.stop();
		insert(this.table, "1");
		TaskTable otherTable = new TaskTable(TestTables.of(this.pool));
		K2Scheduler other = startWithoutPolls(otherTable, 2, Duration.ofSeconds(8), task);
		Awaitility.await().until(() -> rows("events").isEmpty());
		other.stop();
		assertThat(task.executions).singleElement().extracting(TaskExecution::version).isEqualTo(2L);
		this.scheduler.start();
		insert(this.table, "2");
		Awaitility.await().until(() -> rows("events").isEmpty());
		assertThat(task.executions).hasSize(2);
	}

	/**
	 * Whatever happens to an event between its insert and its execution, it is executed
	 * once, and leaves nothing that is picked.
	 */
	@Test
	void losesNothingThatIsInsertedDuringStopAndStart() throws Exception {
		ProbeTask task = new ProbeTask("events", Threads.EVENTS, (execution) -> NextStep.remove());
		this.scheduler = TestScheduler.create(this.table, 2, Duration.ofSeconds(20), task);
		AtomicBoolean ends = new AtomicBoolean();
		AtomicInteger inserted = new AtomicInteger();
		List<Thread> senders = IntStream.range(0, 3).mapToObj((sender) -> new Thread(() -> {
			while (!ends.get()) {
				insert(this.table, "event" + inserted.incrementAndGet());
			}
		})).toList();
		senders.forEach(Thread::start);
		for (int i = 0; i < 10; i++) {
			this.scheduler.start();
			int before = task.executions.size();
			Awaitility.await().pollInterval(Duration.ofMillis(5)).until(() -> task.executions.size() > before + 10);
			this.scheduler.stop();
			Awaitility.await()
				.untilAsserted(() -> assertThat(new JdbcTemplate(this.pool)
					.queryForObject("SELECT COUNT(*) FROM k2_task WHERE picked = true", Long.class)).isZero());
		}
		ends.set(true);
		for (Thread sender : senders) {
			sender.join();
		}
		this.scheduler.start();
		Awaitility.await().until(() -> rows("events").isEmpty());
		assertThat(task.executions).extracting(TaskExecution::id).doesNotHaveDuplicates().hasSize(inserted.get());
		assertThat(task.crashes).isEmpty();
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
