package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.k2connect.TestTables;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.InOrder;

import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyList;
import static org.mockito.ArgumentMatchers.eq;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.then;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.inOrder;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link InboxClient}, with a scheduler that other instances change meanwhile.
 */
class InboxClientTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00Z");

	private static final TaskInstanceId EVENT = TaskInstanceId.of(InboxTask.NAME, "key");

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

	private static Optional<ScheduledExecution<Object>> at(Instant time) {
		return Optional.of(new ScheduledExecution<>(Object.class,
				new Execution(time, new TaskInstance<>(InboxTask.NAME, "key", "data"))));
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
		given(this.scheduler.getScheduledExecution(EVENT)).willReturn(at(InboxTable.PARKED));
		assertThat(this.client.retry("key")).isTrue();
		InOrder order = inOrder(this.scheduler);
		order.verify(this.scheduler).reschedule(EVENT, NOW);
		order.verify(this.scheduler).triggerCheckForDueExecutions();
	}

	@Test
	void doesNotRetryEventThatAnotherInstanceRetriesMeanwhile() {
		given(this.scheduler.getScheduledExecution(EVENT)).willReturn(at(InboxTable.PARKED)).willReturn(at(NOW));
		willThrow(new TaskInstanceCurrentlyExecutingException(InboxTask.NAME, "key")).given(this.scheduler)
			.reschedule(any(TaskInstanceId.class), any());
		assertThat(this.client.retry("key")).isFalse();
	}

	@Test
	void failsWhenParkedEventCannotBeDiscarded() {
		given(this.scheduler.getScheduledExecution(EVENT)).willReturn(at(InboxTable.PARKED));
		willThrow(new TaskInstanceCurrentlyExecutingException(InboxTask.NAME, "key")).given(this.scheduler)
			.cancel(EVENT);
		assertThatExceptionOfType(TaskInstanceCurrentlyExecutingException.class)
			.isThrownBy(() -> this.client.discard("key", () -> {
			}));
	}

}
