package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.time.ZoneOffset;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import io.github.k2connect.TestTables;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxTable}.
 */
class InboxTableTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private final JdbcDataSource dataSource = TestTables.inH2();

	private InboxTable table;

	@BeforeEach
	void setUp() {
		this.table = new InboxTable(new JdbcTemplate(this.dataSource), new AutodetectJdbcCustomization(this.dataSource),
				"k2_task");
	}

	private void insert(String task, String key, Instant time) {
		JdbcClient.create(this.dataSource)
			.sql("INSERT INTO k2_task (task_name, task_instance, execution_time, picked, version)"
					+ " VALUES (?, ?, ?, false, 1)")
			.params(task, key, time.atOffset(ZoneOffset.UTC))
			.update();
	}

	@Test
	void containsWaitingAndParkedEvents() {
		insert(InboxTask.NAME, "waiting", NOW);
		insert(InboxTask.NAME, "parked", InboxTable.PARKED);
		assertThat(this.table.contains("waiting")).isTrue();
		assertThat(this.table.contains("parked")).isTrue();
		assertThat(this.table.contains("other")).isFalse();
	}

	@Test
	void doesNotContainInstancesOfOtherTasks() {
		insert("other", "key", NOW);
		assertThat(this.table.contains("key")).isFalse();
		assertThat(this.table.waiting()).isZero();
	}

	@Test
	void countsWaitingEventsUntilTheyAreParked() {
		insert(InboxTask.NAME, "waiting", InboxTable.PARKED.minusSeconds(1));
		insert(InboxTask.NAME, "parked", InboxTable.PARKED);
		assertThat(this.table.waiting()).isOne();
	}

}
