package io.github.k2connect.followup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.TestTables;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TestScheduler;
import io.micrometer.observation.ObservationRegistry;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.Mockito.mock;

/**
 * Tests for follow-ups whose execution is postponed.
 */
class PostponedFollowUpTests {

	private static final int FAILURES = 3;

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final SettableClock time = new SettableClock();

	private final K2Database database = TestTables.of(this.dataSource);

	private final Delays delays = new Delays(new MovedClock(this.time), () -> 0L);

	private final FollowUpTimes times = new FollowUpTimes(
			new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofMinutes(5), 1),
			Duration.ofSeconds(45));

	private final FollowUpRows rows = new FollowUpRows(this.times, this.delays);

	private final FollowUpTask task = new FollowUpTask((account) -> {
		throw new IllegalStateException("There is no client");
	}, UnaryOperator.identity(), mock(), mock(), new FollowUpRecorder(mock()), this.rows.calls(), this.times,
			ObservationRegistry.NOOP, this.delays);

	private final ManualScheduler scheduler = TestScheduler.manual(this.database, this.time, this.task);

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
	}

	private void insert(String key) {
		FollowUpState state = FollowUpState.begun("default", "incoming_payment", Map.of(), this.time.now())
			.started(URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/" + key));
		new TaskTable(this.database)
			.insert(List.of(new NewRow(FollowUpTask.NAME, key, state.write(), null, this.time.now())));
		JdbcClient.create(this.dataSource)
			.sql("UPDATE k2_task SET consecutive_failures = ? WHERE task_instance = ?")
			.params(FAILURES, key)
			.update();
	}

	private Map<String, @Nullable Object> row(String key) {
		return JdbcClient.create(this.dataSource)
			.sql("SELECT * FROM k2_task WHERE task_instance = ?")
			.param(key)
			.query()
			.singleRow();
	}

	private void run() {
		this.time.tick(Duration.ofSeconds(1));
		this.scheduler.runAnyDueExecutions();
	}

	private void assertPostponed(String key) {
		assertThat(row(key)).containsEntry("consecutive_failures", FAILURES)
			.containsEntry("last_success", null)
			.containsEntry("last_failure", null)
			.containsEntry("picked", false)
			.hasEntrySatisfying("execution_time",
					(time) -> assertThat(((OffsetDateTime) Objects.requireNonNull(time)).toInstant())
						.isAfter(this.time.now()));
	}

	@Test
	void keepsFailuresWhileWaitingForTurn() {
		insert("a");
		insert("b");
		run();
		assertThat(row("a")).containsEntry("consecutive_failures", 0);
		assertPostponed("b");
	}

	@Test
	void waitsForTurnAfterCallersThatWaitForResults() {
		this.time.tick(Duration.ofSeconds(1));
		assertThat(this.rows.delayStatusRequest()).isZero();
		assertThat(this.rows.delayStatusRequest()).isEqualTo(Duration.ofSeconds(1));
		insert("a");
		run();
		assertPostponed("a");
	}

}
