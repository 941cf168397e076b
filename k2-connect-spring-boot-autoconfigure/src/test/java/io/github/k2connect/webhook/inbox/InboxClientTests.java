package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Map;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import io.github.k2connect.TestTables;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.times;

/**
 * Tests for {@link InboxClient}, with a scheduler that other instances change meanwhile.
 */
class InboxClientTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final StoredEvent EVENT_TO_STORE = StoredEvent.of(ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default"), NOW);

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final Scheduler scheduler = mock();

	private InboxClient client;

	@BeforeEach
	void setUp() {
		this.client = new InboxClient(this.scheduler, TestInbox.rows(this.dataSource), this.dataSource,
				Clock.fixed(NOW, ZoneOffset.UTC));
	}

	private static JdbcEventStore store(DataSource dataSource) {
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), JdbcEventStore.DEFAULT_TABLE_NAME,
				Duration.ofDays(1), Duration.ofSeconds(1), Clock.systemUTC());
	}

	@Test
	void handlesStoredEventAtOnce() {
		this.client.insert(Map.of("key", EVENT_TO_STORE), () -> {
		});
		InOrder order = inOrder(this.scheduler);
		order.verify(this.scheduler).scheduleBatch(anyList(), eq(NOW));
		order.verify(this.scheduler).triggerCheckForDueExecutions();
	}

	/**
	 * The store of handled events is in another database.
	 */
	@Test
	void storesEventOfOtherDatabaseThroughScheduler() {
		JdbcEventStore elsewhere = store(new JdbcDataSource());
		assertThat(this.client.recognizesDuplicates(elsewhere)).isFalse();
		assertThat(this.client.insert("key", EVENT_TO_STORE, elsewhere)).isTrue();
		InOrder order = inOrder(this.scheduler);
		order.verify(this.scheduler).scheduleBatch(anyList(), eq(NOW));
		order.verify(this.scheduler).triggerCheckForDueExecutions();
	}

	@Test
	void handlesEventAtOnceUnlessItIsDuplicate() {
		JdbcEventStore store = store(this.dataSource);
		EventIdentity handled = new EventIdentity("default", "customer_created", "2", null);
		store.handleOnce(handled, () -> {
		});
		assertThat(this.client.insert(handled.key(), EVENT_TO_STORE, store)).isFalse();
		then(this.scheduler).shouldHaveNoInteractions();
		assertThat(this.client.insert("key", EVENT_TO_STORE, store)).isTrue();
		then(this.scheduler).should().triggerCheckForDueExecutions();
		then(this.scheduler).shouldHaveNoMoreInteractions();
	}

	@Test
	void makesOtherChangeWithInsert() {
		Runnable change = mock();
		this.client.insert(Map.of("key", EVENT_TO_STORE), change);
		InOrder order = inOrder(this.scheduler, change);
		order.verify(this.scheduler).scheduleBatch(anyList(), eq(NOW));
		order.verify(change).run();
		order.verify(this.scheduler).triggerCheckForDueExecutions();
	}

	@Test
	void handlesRetriedEventAtOnce() {
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		this.client.insert("key", EVENT_TO_STORE, store(this.dataSource));
		jdbc.update("UPDATE scheduled_tasks SET execution_time = ?", InboxTable.PARKED.atOffset(ZoneOffset.UTC));
		assertThat(this.client.retry("key")).isTrue();
		assertThat(jdbc.queryForObject("SELECT execution_time FROM scheduled_tasks", OffsetDateTime.class))
			.isEqualTo(NOW.atOffset(ZoneOffset.UTC));
		then(this.scheduler).should(times(2)).triggerCheckForDueExecutions();
	}

}
