package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2Inbox}, with a listener that fails and two attempts for each event.
 */
class K2InboxTests {

	private static final TestInbox INBOX = new TestInbox(2, null);

	private static final Duration MINUTE = Duration.ofMinutes(1);

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final SettableClock time = new SettableClock();

	private final MovedClock clock = new MovedClock(this.time);

	private final List<Object> published = new ArrayList<>();

	private boolean listenerFails = true;

	private final TaskTable table = new TaskTable(TestTables.of(this.dataSource));

	private final K2EventStore store = new InMemoryEventStore(100, Duration.ofSeconds(1));

	private final ManualScheduler scheduler = TestScheduler.manual(TestTables.of(this.dataSource), this.time,
			INBOX.task(new EventDispatcher(this::publish, this.store), this.store, this.table,
					TestScheduler.delays(this.clock)));

	private final K2Inbox inbox = TestInbox.inbox(this.table, this.store, this.clock);

	private final List<EventIdentity> remembered = new ArrayList<>();

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
	}

	private void publish(Object event) {
		if (this.listenerFails) {
			throw new IllegalStateException("The listener failed");
		}
		this.published.add(event);
	}

	/**
	 * Store an event.
	 * @return its key
	 */
	private String store(String id) {
		ReceivedEvent event = ReceivedEvent.decode(
				"{\"id\":\"%s\",\"topic\":\"customer_created\"}".formatted(id).getBytes(StandardCharsets.UTF_8),
				"shop");
		String key = event.identity().key();
		this.table.insert(List.of(InboxTable.row(event, StoredEvent.of(event, this.time.now()))));
		return key;
	}

	private String park(String id) {
		String key = store(id);
		attempt();
		attempt();
		return key;
	}

	private void attempt() {
		this.time.tick(MINUTE);
		this.scheduler.runAnyDueExecutions();
	}

	@Test
	void countsWaitingEventsWithoutParkedEvents() {
		park("1");
		assertThat(this.inbox.waiting()).isZero();
		store("2");
		store("3");
		assertThat(this.inbox.waiting()).isEqualTo(2);
		assertThat(this.inbox.parked()).hasSize(1);
	}

	@Test
	void listsParkedEvent() {
		Instant receivedAt = this.time.now();
		String key = park("1");
		assertThat(this.inbox.parked()).containsExactly(new ParkedEvent(key, "shop", "customer_created", "1",
				receivedAt, 2, receivedAt.plus(MINUTE.multipliedBy(2))));
	}

	@Test
	void listsParkedEventThatIsUnreadable() {
		this.table.insert(List.of(new NewRow(InboxTask.NAME, "key", "no JSON", null, this.time.now())));
		Instant start = this.time.now();
		attempt();
		attempt();
		assertThat(this.inbox.parked()).containsExactly(new ParkedEvent("key", "unknown", "unknown", "unknown",
				Instant.EPOCH, 2, start.plus(MINUTE.multipliedBy(2))));
	}

	@Test
	void retriesParkedEventAtOnceWithAllAttempts() {
		String key = park("1");
		assertThat(this.inbox.retry(key)).isTrue();
		assertThat(this.inbox.parked()).isEmpty();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.inbox.waiting()).isOne();
		attempt();
		assertThat(this.inbox.parked()).singleElement()
			.satisfies((parked) -> assertThat(parked.attempts()).isEqualTo(2));
		this.listenerFails = false;
		assertThat(this.inbox.retry(key)).isTrue();
		this.scheduler.runAnyDueExecutions();
		assertThat(this.published).hasSize(1);
		assertThat(this.inbox.waiting()).isZero();
	}

	/**
	 * The events are read in pages.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 99, 100, 201 })
	void listsAndRetriesEveryParkedEvent(int count) {
		this.table.insert(IntStream.range(0, count)
			.mapToObj((i) -> new NewRow(InboxTask.NAME, "key-" + i, "no JSON", null, InboxTable.PARKED))
			.toList());
		assertThat(this.inbox.parked()).extracting(ParkedEvent::key).doesNotHaveDuplicates().hasSize(count);
		assertThat(this.inbox.retryAll()).isEqualTo(count);
		assertThat(this.inbox.parked()).isEmpty();
		assertThat(this.inbox.waiting()).isEqualTo(count);
	}

	@Test
	void retriesAllParkedEvents() {
		park("1");
		park("2");
		store("3");
		assertThat(this.inbox.retryAll()).isEqualTo(2);
		assertThat(this.inbox.parked()).isEmpty();
		assertThat(this.inbox.waiting()).isEqualTo(3);
		assertThat(this.inbox.retryAll()).isZero();
	}

	@Test
	void discardsParkedEvent() {
		String key = park("1");
		assertThat(this.inbox.discard(key)).isTrue();
		assertThat(this.inbox.parked()).isEmpty();
		assertThat(this.inbox.waiting()).isZero();
		assertThat(this.inbox.discard(key)).isFalse();
		assertThat(this.remembered).isEmpty();
	}

	@Test
	void eitherRetriesOrDiscardsEventWhenBothAreRequestedAtOnce() throws Exception {
		for (int i = 0; i < 300; i++) {
			String key = park("both" + i);
			CyclicBarrier start = new CyclicBarrier(2);
			FutureTask<Boolean> retry = new FutureTask<>(() -> {
				start.await();
				return this.inbox.retry(key);
			});
			new Thread(retry).start();
			start.await();
			boolean discarded = this.inbox.discard(key);
			assertThat(retry.get()).as("retried, discarded: " + discarded).isNotEqualTo(discarded);
			assertThat(this.inbox.waiting()).isEqualTo(discarded ? 0 : 1);
			new JdbcTemplate(this.dataSource).update("DELETE FROM k2_task");
		}
	}

	@Test
	void changesOnlyParkedEvents() {
		String key = store("1");
		attempt();
		assertThat(this.inbox.retry(key)).isFalse();
		assertThat(this.inbox.discard(key)).isFalse();
		assertThat(this.inbox.retry("unknown")).isFalse();
		assertThat(this.inbox.waiting()).isOne();
		this.time.tick(Duration.ofMillis(1));
		this.scheduler.runAnyDueExecutions();
		assertThat(this.inbox.parked()).isEmpty();
	}

}
