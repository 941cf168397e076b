package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.FutureTask;

import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TestExecutions;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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

	private ManualScheduler scheduler;

	private InboxClient client;

	private K2Inbox inbox;

	private final List<EventIdentity> remembered = new ArrayList<>();

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
		K2EventStore store = new InMemoryEventStore(100, Duration.ofSeconds(1));
		this.scheduler = TestHelper.createManualScheduler(new TransactionAwareDataSourceProxy(this.dataSource),
				INBOX.task(new EventDispatcher(this::publish, store), store, (key) -> this.inbox.discard(key),
						TestExecutions.always(this.clock)))
			.clock(this.time)
			.build();
		this.client = new InboxClient(this.scheduler, TestInbox.rows(this.dataSource), this.dataSource, this.clock);
		this.inbox = INBOX.inbox(this.dataSource, new AutodetectJdbcCustomization(this.dataSource), this.scheduler,
				this.clock, this.remembered::add);
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
		this.client.insert(Map.of(key, StoredEvent.of(event, this.time.now())), () -> {
		});
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
	void storesEventIndependentOfCallersTransaction() {
		new TransactionTemplate(new DataSourceTransactionManager(this.dataSource)).executeWithoutResult((status) -> {
			store("1");
			status.setRollbackOnly();
		});
		assertThat(this.inbox.waiting()).isOne();
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
		this.scheduler.schedule(new TaskInstance<>(InboxTask.NAME, "key", "no JSON"), this.time.now());
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
