package io.github.k2connect.followup;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Objects;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TestExecutions;
import io.micrometer.observation.ObservationRegistry;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.context.SmartLifecycle;
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

	private final SmartLifecycle lifecycle = TestExecutions.lifecycle(Duration.ofSeconds(1));

	private final K2Task.Executions executions = TestExecutions.withOneThread(this.lifecycle,
			new MovedClock(this.time));

	private ManualScheduler scheduler;

	private FollowUpRecorder recorder;

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
		FollowUpTimes times = new FollowUpTimes(
				new FollowUpProperties(true, Duration.ofSeconds(30), Duration.ofDays(1), Duration.ofMinutes(5), 1),
				Duration.ofSeconds(45));
		this.recorder = new FollowUpRecorder(mock(), times, this.executions);
		FollowUpTask task = new FollowUpTask(new FollowUpTask.Collaborators((account) -> {
			throw new IllegalStateException("There is no client");
		}, (account) -> account, () -> mock(), () -> mock(), () -> this.recorder), times, ObservationRegistry.NOOP,
				this.executions);
		this.scheduler = TestHelper.createManualScheduler(this.dataSource, task).clock(this.time).build();
	}

	private void insert(String key) {
		String data = FollowUpState.begun("default", "incoming_payment", Map.of(), this.time.now())
			.started(URI.create("https://sandbox.kopokopo.com/api/v1/incoming_payments/" + key))
			.write();
		JdbcClient.create(this.dataSource)
			.sql("INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked,"
					+ " consecutive_failures, version) VALUES (?, ?, ?, ?, false, ?, 1)")
			.params(FollowUpTask.NAME, key, Serializer.DEFAULT_JAVA_SERIALIZER.serialize(data),
					this.time.now().atOffset(ZoneOffset.UTC), FAILURES)
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
	void keepsFailuresWhileListenersAreNotRunning() {
		insert("a");
		run();
		assertPostponed("a");
	}

	@Test
	void keepsFailuresOverThreadLimit() {
		this.lifecycle.start();
		insert("a");
		assertThat(TestExecutions.takeThread(this.executions)).isTrue();
		run();
		assertPostponed("a");
	}

	@Test
	void keepsFailuresWhileWaitingForTurn() {
		this.lifecycle.start();
		insert("a");
		insert("b");
		run();
		assertThat(row("a")).containsEntry("consecutive_failures", 0);
		assertPostponed("b");
	}

	@Test
	void waitsForTurnAfterCallersThatWaitForResults() {
		this.lifecycle.start();
		this.time.tick(Duration.ofSeconds(1));
		assertThat(this.recorder.delayStatusRequest()).isZero();
		assertThat(this.recorder.delayStatusRequest()).isEqualTo(Duration.ofSeconds(1));
		insert("a");
		run();
		assertPostponed("a");
	}

}
