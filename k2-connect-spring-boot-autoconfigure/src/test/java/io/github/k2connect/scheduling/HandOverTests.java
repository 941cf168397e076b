package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link HandOver}, with and without auto-commit.
 */
@ParameterizedClass
@ValueSource(booleans = { true, false })
class HandOverTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00.123456Z");

	private static final Duration HEARTBEAT = Duration.ofSeconds(8);

	private static final Duration POLLING = Duration.ofSeconds(1);

	private static final String NEVER = "EXISTS (SELECT 1 FROM k2_task WHERE task_data IS NULL AND task_instance = ?)";

	private final HikariDataSource pool = new HikariDataSource();

	private final JdbcTemplate jdbc;

	private final TaskTable table;

	private final AtomicLong ticks = new AtomicLong();

	private final ThreadLimit threads = ThreadLimit.of(2, this.ticks::get);

	private final HandOver handOver;

	private final List<Integer> polls = new ArrayList<>();

	private int woken;

	HandOverTests(boolean autoCommit) {
		this.pool.setDataSource(PostgresqlServer.createDataSource());
		this.pool.setAutoCommit(autoCommit);
		TestTables.create(this.pool.getDataSource());
		this.jdbc = new JdbcTemplate(this.pool.getDataSource());
		this.table = new TaskTable(TestTables.of(this.pool));
		this.handOver = new HandOver(this.table, "me", Set.of("any"), this.threads, HEARTBEAT, POLLING,
				TestScheduler.delays(Clock.fixed(NOW, ZoneOffset.UTC)), this.ticks::get);
		this.table.wakes(() -> this.woken++, this.handOver);
		poll(1);
		this.polls.clear();
		beSlow();
	}

	@AfterEach
	void close() {
		this.pool.close();
	}

	/**
	 * No execution has ended for a while.
	 */
	private void beSlow() {
		pass(Duration.ofMillis(200));
	}

	private void beQuick() {
		this.threads.acquire();
		this.threads.release();
	}

	private boolean insert(String id) {
		return this.table.insertDue(row(id), NEVER, true);
	}

	private static NewRow row(String id) {
		return new NewRow("any", id, "data of " + id, "reference", NOW);
	}

	/**
	 * Poll when rows of a task are due in the table.
	 */
	private List<String> poll(int limit, String... rows) {
		return this.handOver.poll(limit, (max) -> {
			this.polls.add(max);
			return Stream.of(rows)
				.limit(max)
				.map((row) -> new Execution(NOW, new TaskInstance<>(row.substring(0, row.indexOf(' ')), row)))
				.toList();
		}).stream().map(Execution::getId).toList();
	}

	private void pass(Duration time) {
		this.ticks.addAndGet(time.toNanos());
	}

	private List<String> picked() {
		return JdbcClient.create(this.jdbc)
			.sql("SELECT task_instance FROM k2_task WHERE picked ORDER BY task_instance")
			.query((row, number) -> row.getString("task_instance"))
			.list();
	}

	private Map<String, @Nullable Object> stored(String id) {
		return this.jdbc.queryForMap("SELECT * FROM k2_task WHERE task_instance = ?", id);
	}

	@Test
	void insertsRowAsPickedAndTakesItsExecution() {
		assertThat(insert("1")).isTrue();
		assertThat(this.woken).isOne();
		assertThat(stored("1")).containsEntry("picked", true)
			.containsEntry("picked_by", "me")
			.containsEntry("version", 1L)
			.containsEntry("reference", "reference");
		assertThat(JdbcClient.create(this.jdbc)
			.sql("SELECT last_heartbeat FROM k2_task")
			.query(OffsetDateTime.class)
			.single()
			.toInstant()).isEqualTo(NOW);
		List<Execution> due = this.handOver.poll(5, (max) -> List.of());
		assertThat(due).singleElement().satisfies((execution) -> {
			assertThat(execution.taskInstance.getTaskName()).isEqualTo("any");
			assertThat(execution.taskInstance.getId()).isEqualTo("1");
			assertThat(execution.taskInstance.getData()).isEqualTo("data of 1");
			assertThat(execution.executionTime).isEqualTo(NOW);
			assertThat(execution.picked).isTrue();
			assertThat(execution.pickedBy).isEqualTo("me");
			assertThat(execution.lastHeartbeat).isEqualTo(NOW);
			assertThat(execution.consecutiveFailures).isZero();
			assertThat(execution.version).isOne();
		});
		assertThat(poll(5)).isEmpty();
	}

	@Test
	void insertsRowAsNotPickedIfThatIsRequired() {
		assertThat(this.table.insertDue(row("1"), NEVER, false)).isTrue();
		assertThat(stored("1")).containsEntry("picked", false)
			.containsEntry("picked_by", null)
			.containsEntry("last_heartbeat", null)
			.containsEntry("version", 1L);
		assertThat(this.woken).isOne();
		assertThat(poll(5)).isEmpty();
	}

	@Test
	void takesNoMoreThanThereAreFreeThreads() {
		assertThat(this.threads.acquire()).isTrue();
		insert("1");
		insert("2");
		assertThat(picked()).containsExactly("1");
		assertThat(poll(5)).containsExactly("1");
		this.threads.acquire();
		insert("3");
		this.threads.release();
		beSlow();
		poll(1);
		insert("4");
		assertThat(picked()).containsExactly("1", "4");
	}

	@Test
	void leavesThreadsToExecutionsThatWaitForThem() throws InterruptedException {
		ThreadLimit limit = ThreadLimit.waiting(1, this.ticks::get);
		limit.acquire();
		CountDownLatch end = new CountDownLatch(1);
		Thread waiting = new Thread(() -> {
			if (limit.acquire()) {
				end.countDown();
			}
		});
		beSlow();
		assertThat(limit.free()).isZero();
		waiting.start();
		Awaitility.await().until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
		limit.release();
		end.await();
		beSlow();
		assertThat(limit.free()).isZero();
		limit.release();
		beSlow();
		assertThat(limit.free()).isOne();
	}

	@Test
	void freesPlaceWhateverHappensToInsert() {
		for (int attempt = 0; attempt < 5; attempt++) {
			insert("duplicate");
			assertThatIllegalStateException().isThrownBy(() -> this.handOver.insert(reserved("fails"), (pick) -> {
				throw new IllegalStateException("The connection is lost");
			}));
			assertThat(this.handOver.insert(reserved("absent"), (pick) -> false)).isFalse();
			poll(5);
		}
		insert("1");
		insert("2");
		assertThat(picked()).containsExactly("1", "2", "duplicate");
	}

	private NewRow reserved(String id) {
		assertThat(this.handOver.reserve()).isTrue();
		return row(id);
	}

	@Test
	void freesPlaceAndForgetsRowIfItsTransactionIsRolledBack() {
		assertThatExceptionOfType(DataAccessException.class)
			.isThrownBy(() -> this.table.insertDue(new NewRow("any", "1".repeat(200), "", null, NOW), NEVER, true));
		assertThat(poll(5)).isEmpty();
		insert("1");
		insert("2");
		assertThat(picked()).containsExactly("1", "2");
	}

	@Test
	void commitsRowWhateverCallerDoes() {
		TransactionTemplate caller = new TransactionTemplate(new JdbcTransactionManager(this.pool));
		caller.executeWithoutResult((status) -> {
			insert("1");
			status.setRollbackOnly();
		});
		assertThat(picked()).containsExactly("1");
		assertThat(poll(5)).containsExactly("1");
	}

	@Test
	void doesNotTakeDuplicate() {
		insert("1");
		assertThat(insert("1")).isFalse();
		assertThat(this.woken).isOne();
		assertThat(poll(5)).containsExactly("1");
	}

	@Test
	void pollsTableFirstAndThenTakesUpToLimit() {
		insert("1");
		insert("2");
		this.table.wake();
		assertThat(poll(3, "any a", "any b", "any c")).containsExactly("1", "2", "any a");
		assertThat(this.polls).containsExactly(1);
	}

	@Test
	void takesNoMoreThanLimit() {
		insert("1");
		insert("2");
		this.table.wake();
		assertThat(poll(1, "any a")).containsExactly("1");
		assertThat(poll(1, "any a")).containsExactly("2");
		assertThat(this.polls).isEmpty();
		assertThat(poll(1, "any a")).containsExactly("any a");
	}

	@Test
	void losesNothingIfPollOfTableFails() {
		insert("1");
		this.table.wake();
		for (int attempt = 0; attempt < 3; attempt++) {
			assertThatIllegalStateException().isThrownBy(() -> this.handOver.poll(5, (max) -> {
				throw new IllegalStateException("The database is not available");
			}));
		}
		assertThat(poll(5, "any a")).containsExactly("1", "any a");
	}

	/**
	 * For rows of unknown tasks db-scheduler sends a statement after the poll, which may
	 * fail.
	 */
	@Test
	void losesNothingIfPollFindsUnknownTask() {
		insert("1");
		this.table.wake();
		this.woken = 0;
		assertThat(poll(5, "any a", "unknown b")).containsExactly("unknown b");
		assertThat(this.woken).isOne();
		assertThat(poll(5)).containsExactly("1", "any a");
	}

	@Test
	void pollsTableOnlyIfThereMayBeRows() {
		pass(POLLING);
		poll(2);
		assertThat(this.polls).as("polling interval").hasSize(1);
		insert("1");
		pass(POLLING.minusNanos(1));
		poll(2);
		assertThat(this.polls).as("nothing was inserted").hasSize(1);
		this.handOver.listener().onExecutionScheduled(new TaskInstance<>("any", "1"), NOW.plusMillis(1));
		poll(2);
		assertThat(this.polls).as("scheduled for later").hasSize(1);
		this.handOver.listener().onExecutionScheduled(new TaskInstance<>("any", "1"), NOW);
		poll(2);
		assertThat(this.polls).as("scheduled for now").hasSize(2);
		this.table.wake();
		poll(2, "any a", "any b");
		assertThat(this.polls).as("inserted").hasSize(3);
		poll(2, "any c");
		assertThat(this.polls).as("there were more").hasSize(4);
		poll(2);
		assertThat(this.polls).as("that was the last").hasSize(4);
	}

	@Test
	void handsNothingOverWhileRowsWaitInTable() {
		this.table.wake();
		insert("1");
		assertThat(picked()).isEmpty();
		poll(1, "any a");
		insert("2");
		assertThat(picked()).isEmpty();
		poll(1);
		insert("3");
		assertThat(picked()).containsExactly("3");
	}

	@Test
	void picksMoreThanLimitWhileExecutionsEndQuickly() {
		beQuick();
		this.table.wake();
		assertThat(poll(1, "any a", "any b", "any c")).containsExactly("any a");
		assertThat(this.polls).containsExactly(16);
		assertThat(poll(1)).containsExactly("any b");
		assertThat(poll(1)).containsExactly("any c");
		assertThat(this.polls).hasSize(1);
	}

	@Test
	void picksSameNumberWhateverTheLimitWhileExecutionsEndQuickly() {
		beQuick();
		for (int limit = 1; limit <= 3; limit++) {
			this.table.wake();
			poll(limit);
		}
		assertThat(this.polls).containsExactly(16, 16, 16);
	}

	@Test
	void takesAsManyMoreAsThereAreThreadsWhileExecutionsEndQuickly() {
		beQuick();
		this.threads.acquire();
		this.threads.acquire();
		insert("1");
		insert("2");
		insert("3");
		assertThat(picked()).containsExactly("1", "2");
		poll(5);
		beSlow();
		poll(5);
		insert("4");
		assertThat(picked()).containsExactly("1", "2");
	}

	@Test
	void pollsTableAgainForRowThatIsInsertedDuringPoll() {
		this.table.wake();
		this.handOver.poll(2, (max) -> {
			this.table.insertDue(row("1"), NEVER, false);
			return List.of();
		});
		assertThat(poll(2, "any 1")).containsExactly("any 1");
	}

	@Test
	void givesBackWhatWaitsForLongerThanHeartbeat() {
		insert("old");
		pass(HEARTBEAT.minusSeconds(1));
		insert("new");
		pass(Duration.ofSeconds(1));
		this.handOver.giveBackOld();
		assertThat(picked()).containsExactly("new", "old");
		pass(Duration.ofNanos(1));
		this.woken = 0;
		this.handOver.listener().onSchedulerEvent(SchedulerEventType.RAN_DETECT_DEAD);
		assertThat(picked()).containsExactly("new");
		assertThat(this.woken).isOne();
		assertThat(stored("old")).containsEntry("picked_by", null)
			.containsEntry("last_heartbeat", null)
			.containsEntry("version", 2L);
		assertThat(poll(5)).containsExactly("new");
		insert("1");
		insert("2");
		assertThat(picked()).containsExactly("1", "2", "new");
	}

	@Test
	void executesNothingThatIsOldAlsoIfItCannotBeGivenBackYet() {
		insert("1");
		pass(HEARTBEAT.plusNanos(1));
		this.jdbc.execute("ALTER TABLE k2_task RENAME TO k2_task_away");
		assertThatExceptionOfType(DataAccessException.class).isThrownBy(() -> poll(5));
		this.jdbc.execute("ALTER TABLE k2_task_away RENAME TO k2_task");
		assertThat(poll(5)).isEmpty();
		assertThat(picked()).isEmpty();
	}

	@Test
	void doesNotGiveBackWhatHasChangedMeanwhile() {
		insert("1");
		insert("2");
		this.jdbc.update("UPDATE k2_task SET version = 2 WHERE task_instance = '1'");
		this.jdbc.update("UPDATE k2_task SET picked_by = 'other' WHERE task_instance = '2'");
		this.handOver.close();
		assertThat(picked()).containsExactly("1", "2");
	}

	@Test
	void givesBackWhatWaitsWhenItCloses() {
		insert("1");
		insert("2");
		this.handOver.close();
		assertThat(picked()).isEmpty();
		assertThat(poll(5)).isEmpty();
		insert("3");
		assertThat(picked()).isEmpty();
	}

	@Test
	void givesBackRowThatIsInsertedWhileItCloses() {
		NewRow row = reserved("1");
		this.handOver.insert(row, (pick) -> {
			this.jdbc.update("INSERT INTO k2_task (task_name, task_instance, execution_time, picked, picked_by,"
					+ " last_heartbeat, version) VALUES ('any', '1', now(), true, 'me', now(), 1)");
			pick.begin();
			this.handOver.close();
			return true;
		});
		assertThat(picked()).isEmpty();
		assertThat(poll(5)).isEmpty();
	}

	@Test
	void triesOnceIfDatabaseIsNotAvailableWhenItCloses() {
		insert("1");
		insert("2");
		this.jdbc.execute("DROP TABLE k2_task");
		this.handOver.close();
		assertThat(this.handOver.waiting()).hasSize(1);
	}

	/**
	 * The row is as that of an execution that has begun. The limit of the test's
	 * scheduler is six heartbeats.
	 */
	@Test
	void leavesRowsOfCrashedInstanceToOthersAfterMissedHeartbeats() {
		insert("1");
		this.handOver.take(5);
		SettableClock time = new SettableClock();
		ProbeTask task = new ProbeTask("any", K2Task.Threads.EVENTS, (execution) -> NextStep.remove());
		ManualScheduler other = TestScheduler.manual(TestTables.of(this.pool), time, task);
		time.set(NOW.plus(HEARTBEAT.multipliedBy(6)).minusMillis(1));
		other.runAnyDueExecutions();
		other.runDeadExecutionDetection();
		assertThat(task.crashes).isEmpty();
		time.tick(Duration.ofMillis(1));
		other.runDeadExecutionDetection();
		assertThat(task.crashes).extracting(TaskExecution::id).containsExactly("1");
		assertThat(stored("1")).containsEntry("picked", false).containsEntry("consecutive_failures", 1);
	}

	@Test
	void keepsRowThatWaitsFromOthersAndFromOperators() {
		insert("1");
		SettableClock time = new SettableClock();
		time.set(NOW.plusSeconds(5));
		ProbeTask task = new ProbeTask("any", K2Task.Threads.EVENTS, (execution) -> NextStep.remove());
		TestScheduler.manual(TestTables.of(this.pool), time, task).runAnyDueExecutions();
		assertThat(task.executions).isEmpty();
		assertThat(this.table.reschedule("any", "1", NOW, NOW)).isFalse();
		assertThat(this.table.delete("any", "1", NOW)).isFalse();
		assertThat(poll(5)).containsExactly("1");
	}

	/**
	 * The time of a row begins when there is a connection for its insert.
	 */
	@Test
	void doesNotCountWaitForConnection() {
		NewRow row = reserved("1");
		this.handOver.insert(row, (pick) -> {
			pass(HEARTBEAT.multipliedBy(2));
			pick.begin();
			return true;
		});
		assertThat(poll(5)).containsExactly("1");
	}

	/**
	 * What is taken while another thread looks for what is old runs already.
	 */
	@Test
	void doesNotGiveBackWhatIsTakenMeanwhile() {
		AtomicReference<Runnable> meanwhile = new AtomicReference<>(() -> {
		});
		HandOver racing = new HandOver(this.table, "me", Set.of("any"), this.threads, HEARTBEAT, POLLING,
				TestScheduler.delays(Clock.fixed(NOW, ZoneOffset.UTC)), () -> {
					meanwhile.getAndSet(() -> {
					}).run();
					return this.ticks.get();
				});
		racing.poll(1, (max) -> List.of());
		this.table.wakes(() -> {
		}, racing);
		insert("1");
		assertThat(picked()).containsExactly("1");
		List<Execution> taken = new ArrayList<>();
		meanwhile.set(() -> {
			taken.addAll(racing.take(5));
			pass(HEARTBEAT.plusNanos(1));
		});
		racing.giveBackOld();
		assertThat(taken).hasSize(1);
		assertThat(picked()).containsExactly("1");
	}

	@Test
	void pollsTableThoughThereIsAlwaysSomethingHandedOver() {
		beQuick();
		insert("first");
		poll(0);
		this.polls.clear();
		for (int i = 0; i < 1000 && this.polls.isEmpty(); i++) {
			beQuick();
			assertThat(insert("" + i)).isTrue();
			poll(1);
			pass(Duration.ofMillis(10));
		}
		assertThat(this.polls).isNotEmpty();
	}

}
