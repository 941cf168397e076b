package io.github.k2connect.scheduling;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.scheduling.K2Task.Threads;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

/**
 * Tests for {@link TaskAdapter}, with a clock that a test moves.
 */
class TaskAdapterTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private final K2Database database = TestTables.of(TestTables.inH2());

	private final TaskTable table = new TaskTable(this.database);

	private final SettableClock time = new SettableClock();

	private final Clock clock = new MovedClock(this.time);

	private final RunningExecutions running = new RunningExecutions();

	private final ThreadLimit threads = ThreadLimit.of(1, Ticker.SYSTEM);

	private NextStep next = NextStep.remove();

	private final ProbeTask task = new ProbeTask("any", Threads.EVENTS, (execution) -> this.next);

	private final ManualScheduler scheduler = scheduler(
			new TaskAdapter(this.task, this.threads, this.running, TestScheduler.delays(this.clock)));

	private ManualScheduler scheduler(Task<String> task) {
		TestHelper.ManualSchedulerBuilder builder = TestHelper.createManualScheduler(this.database.dataSource(), task)
			.clock(this.time);
		builder.tableName(this.table.name()).serializer(new TextSerializer());
		return builder.build();
	}

	@BeforeEach
	void schedule() {
		this.time.set(NOW);
		this.table.insert(List.of(new NewRow("any", "key", "data é", null, NOW)));
	}

	private Row row() {
		return this.table.find("any", "key").orElseThrow();
	}

	private void executeAfter(Duration delay) {
		this.time.tick(delay);
		this.scheduler.runAnyDueExecutions();
	}

	@Test
	void removesRow() {
		executeAfter(Duration.ZERO);
		assertThat(this.task.executions).extracting(TaskExecution::id, TaskExecution::data, TaskExecution::failures)
			.containsExactly(tuple("key", "data é", 0));
		assertThat(this.table.find("any", "key")).isEmpty();
	}

	@Test
	void schedulesNextExecutionAfterSuccess() {
		this.next = (row) -> row.retry(NOW.plusSeconds(1), null);
		executeAfter(Duration.ZERO);
		assertThat(row().failures()).isOne();
		this.next = NextStep.at(NOW.plusSeconds(30), "more");
		executeAfter(Duration.ofSeconds(1));
		assertThat(row()).extracting(Row::time, Row::data, Row::failures)
			.containsExactly(NOW.plusSeconds(30), "more", 0);
	}

	@Test
	void countsFailures() {
		this.next = NextStep.retry(NOW.plusSeconds(5));
		executeAfter(Duration.ZERO);
		assertThat(row()).extracting(Row::time, Row::data, Row::failures, Row::lastFailure)
			.containsExactly(NOW.plusSeconds(5), "data é", 1, NOW);
		this.next = NextStep.retry(NOW.plusSeconds(9), "other");
		executeAfter(Duration.ofSeconds(5));
		assertThat(row()).extracting(Row::time, Row::data, Row::failures, Row::lastFailure)
			.containsExactly(NOW.plusSeconds(9), "other", 2, NOW.plusSeconds(5));
	}

	@Test
	void keepsFailuresOfPostponedExecution() {
		this.next = NextStep.retry(NOW.plusSeconds(1));
		executeAfter(Duration.ZERO);
		this.next = NextStep.postpone(NOW.plusSeconds(4), null);
		executeAfter(Duration.ofSeconds(1));
		assertThat(row()).extracting(Row::time, Row::data, Row::failures, Row::lastFailure)
			.containsExactly(NOW.plusSeconds(4), "data é", 1, NOW);
	}

	@Test
	void postponesExecutionOverThreadLimit() {
		assertThat(this.threads.acquire()).isTrue();
		executeAfter(Duration.ZERO);
		assertThat(this.task.executions).isEmpty();
		assertThat(row().time()).isBetween(NOW.plusSeconds(1).minusMillis(1), NOW.plusSeconds(30));
		this.threads.release();
		executeAfter(Duration.ofSeconds(30));
		assertThat(this.task.executions).hasSize(1);
	}

	@Test
	void postponesExecutionAfterStop() {
		this.running.stop();
		executeAfter(Duration.ZERO);
		assertThat(this.task.executions).isEmpty();
		assertThat(row()).extracting(Row::time, Row::failures).containsExactly(NOW.plusSeconds(1), 0);
	}

	/**
	 * An execution that has not begun counts neither as a failure nor as a success.
	 */
	@Test
	void keepsFailuresOfExecutionsThatHaveNotBegun() {
		this.next = NextStep.retry(NOW.plusSeconds(1));
		executeAfter(Duration.ZERO);
		assertThat(this.threads.acquire()).isTrue();
		executeAfter(Duration.ofSeconds(1));
		this.threads.release();
		this.running.stop();
		for (int time = 0; time < 3; time++) {
			executeAfter(Duration.ofSeconds(40));
			assertThat(row()).extracting(Row::data, Row::failures, Row::lastFailure).containsExactly("data é", 1, NOW);
			assertThat(this.database.monitoringJdbc().queryForMap("SELECT * FROM k2_task"))
				.containsEntry("last_success", null)
				.containsEntry("picked", false);
		}
		assertThat(this.task.executions).hasSize(1);
	}

	@Test
	void reportsThatAnotherInstanceHasChangedRow() {
		boolean[] removed = { true };
		this.next = (row) -> {
			this.database.monitoringJdbc().update("UPDATE k2_task SET version = version + 1");
			removed[0] = row.remove();
		};
		executeAfter(Duration.ZERO);
		assertThat(removed[0]).isFalse();
		assertThat(this.table.find("any", "key")).isPresent();
	}

}
