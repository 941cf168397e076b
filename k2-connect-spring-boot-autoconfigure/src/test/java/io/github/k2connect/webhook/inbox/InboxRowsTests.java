package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.TestTables;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link InboxRows}.
 */
class InboxRowsTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final ReceivedEvent event = ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");

	private final String key = this.event.identity().key();

	private InboxTable table;

	private InboxRows rows;

	private JdbcEventStore store;

	@BeforeEach
	void setUp() {
		this.table = new InboxTable(new JdbcTemplate(this.dataSource), new AutodetectJdbcCustomization(this.dataSource),
				TestInbox.TABLE);
		this.rows = TestInbox.rows(this.dataSource);
		this.store = store(this.dataSource);
	}

	private static JdbcEventStore store(JdbcDataSource dataSource) {
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), JdbcEventStore.DEFAULT_TABLE_NAME,
				Duration.ofDays(1), Duration.ofSeconds(1), Clock.systemUTC());
	}

	private boolean insert() {
		return this.rows.insert(this.key, StoredEvent.of(this.event, NOW), NOW, this.store);
	}

	private Execution execution() {
		return new Execution(NOW, new TaskInstance<>(InboxTask.NAME, this.key));
	}

	private void handle() {
		this.store.handleOnce(this.event.identity(), () -> {
		});
	}

	@Test
	void insertsEventUnlessItWasHandled() {
		assertThat(insert()).isTrue();
		handle();
		assertThat(this.rows.remove(execution(), this.store)).isTrue();
		assertThat(insert()).isFalse();
		assertThat(this.table.contains(this.key)).isFalse();
	}

	@Test
	void removesHandledEventOnce() {
		insert();
		handle();
		assertThat(this.rows.remove(execution(), this.store)).isTrue();
		assertThat(this.table.contains(this.key)).isFalse();
		assertThat(this.rows.remove(execution(), this.store)).isFalse();
	}

	@Test
	void keepsEventThatIsNotHandled() {
		insert();
		assertThat(this.rows.remove(execution(), this.store)).isFalse();
		assertThat(this.table.contains(this.key)).isTrue();
	}

	@Test
	void keepsEventThatAnotherInstanceHasTaken() {
		insert();
		handle();
		new JdbcTemplate(this.dataSource).update("UPDATE scheduled_tasks SET version = 2");
		assertThat(this.rows.remove(execution(), this.store)).isFalse();
		assertThat(this.table.contains(this.key)).isTrue();
	}

	@Test
	void needsStoreInSameDatabase() {
		JdbcEventStore elsewhere = store(new JdbcDataSource());
		assertThat(this.rows.canInsert(this.store)).isTrue();
		assertThat(this.rows.canInsert(elsewhere)).isFalse();
		assertThat(this.rows.remove(execution(), elsewhere)).isFalse();
	}

	@Test
	void needsSerializerOfScheduler() {
		assertThat(new InboxRows(this.table, this.dataSource, null, false).canInsert(this.store)).isFalse();
	}

}
