package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;

import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.inbox.K2Inbox.State;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxOverview}.
 */
class InboxOverviewTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final InboxOverview overview = new InboxOverview(
			new InboxTable(new TaskTable(TestTables.of(this.dataSource))));

	private void insert(String task, String key, String data, Instant executionTime, int failures,
			@Nullable Instant lastFailure) {
		new JdbcTemplate(this.dataSource).update(
				"INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, version,"
						+ " consecutive_failures, last_failure) VALUES (?, ?, ?, ?, false, 1, ?, ?)",
				task, key, data.getBytes(StandardCharsets.UTF_8), executionTime.atOffset(ZoneOffset.UTC), failures,
				(lastFailure != null) ? lastFailure.atOffset(ZoneOffset.UTC) : null);
	}

	private static String data(String id, Instant receivedAt) {
		ReceivedEvent event = ReceivedEvent.decode(
				"{\"id\":\"%s\",\"topic\":\"customer_created\"}".formatted(id).getBytes(StandardCharsets.UTF_8),
				"shop");
		return StoredEvent.of(event, receivedAt).write();
	}

	private void wait(String id, Instant receivedAt, Instant executionTime, int failures) {
		insert(InboxTask.NAME, id, data(id, receivedAt), executionTime, failures, null);
	}

	private void park(String id, Instant receivedAt, Instant executionTime) {
		insert(InboxTask.NAME, id, data(id, receivedAt), executionTime, 20, NOW);
	}

	@Test
	void isEmptyAtFirst() {
		assertThat(this.overview.state()).isEqualTo(new State(0, null, 0));
		assertThat(this.overview.parked(10)).isEmpty();
	}

	@Test
	void countsWaitingAndParkedEvents() {
		wait("1", NOW, NOW, 0);
		wait("2", NOW.plusSeconds(1), NOW.plusSeconds(1), 0);
		park("3", NOW.minusSeconds(9), InboxTable.PARKED);
		insert("other", "4", data("4", NOW.minusSeconds(9)), NOW, 0, null);
		insert("other", "5", data("5", NOW.minusSeconds(9)), InboxTable.PARKED, 0, null);
		assertThat(this.overview.state()).isEqualTo(new State(2, NOW, 1));
	}

	@Test
	void hasNoOldestEventWhenAllAreParked() {
		park("1", NOW, InboxTable.PARKED);
		assertThat(this.overview.state()).isEqualTo(new State(0, null, 1));
	}

	@Test
	void findsOldestEventThatIsDueLaterThanNewEvents() {
		wait("old", NOW, NOW.plusSeconds(3600), 7);
		for (int i = 1; i <= 20; i++) {
			wait("new-" + i, NOW.plusSeconds(i), NOW.plusSeconds(i), 0);
		}
		assertThat(this.overview.state()).isEqualTo(new State(21, NOW, 0));
	}

	@Test
	void countsUnreadableEventButDoesNotKnowItsAge() {
		insert(InboxTask.NAME, "unreadable", "no JSON", NOW.minusSeconds(9), 0, null);
		assertThat(this.overview.state()).isEqualTo(new State(1, null, 0));
		wait("1", NOW, NOW, 0);
		assertThat(this.overview.state()).isEqualTo(new State(2, NOW, 0));
	}

	@Test
	void listsParkedEventsThatWereParkedFirst() {
		park("late", NOW, InboxTable.PARKED.plusSeconds(1));
		park("b", NOW, InboxTable.PARKED);
		insert(InboxTask.NAME, "a", "no JSON", InboxTable.PARKED, 3, null);
		wait("waiting", NOW, NOW, 0);
		assertThat(this.overview.parked(10)).containsExactly(
				new ParkedEvent("a", "unknown", "unknown", "unknown", Instant.EPOCH, 3, Instant.EPOCH),
				new ParkedEvent("b", "shop", "customer_created", "b", NOW, 20, NOW),
				new ParkedEvent("late", "shop", "customer_created", "late", NOW, 20, NOW));
		assertThat(this.overview.parked(1)).extracting(ParkedEvent::key).containsExactly("a");
	}

}
