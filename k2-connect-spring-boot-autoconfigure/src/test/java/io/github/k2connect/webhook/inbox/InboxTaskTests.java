package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.TestTables;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.scheduling.TestScheduler.RecordedRow;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.h2.jdbcx.JdbcDataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static io.micrometer.observation.tck.TestObservationRegistryAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link InboxTask}, on threads and at times that the test decides.
 */
@ExtendWith(OutputCaptureExtension.class)
class InboxTaskTests {

	private static final Duration LONG = Duration.ofMinutes(10);

	private final JdbcDataSource dataSource = TestTables.inH2();

	private final SettableClock time = new SettableClock();

	private final TaskTable table = new TaskTable(TestTables.of(this.dataSource));

	private final InboxMeters meters = mock();

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final ReceivedEvent event = ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");

	private Runnable listener = () -> {
	};

	private final List<Object> published = new ArrayList<>();

	private final JdbcEventStore store = new JdbcEventStore(this.dataSource,
			new JdbcTransactionManager(this.dataSource), "k2_event", Duration.ofDays(90), Duration.ofSeconds(1),
			Clock.systemUTC());

	private final EventDispatcher dispatcher = dispatcher(this.store);

	private final InboxTask task = task(this.dispatcher, this.store, Duration.ofSeconds(1),
			TestScheduler.delays(new MovedClock(this.time)));

	private final ManualScheduler scheduler = TestScheduler.manual(TestTables.of(this.dataSource), this.time,
			this.task);

	private EventDispatcher dispatcher(K2EventStore store) {
		return new EventDispatcher((published) -> {
			this.listener.run();
			this.published.add(published);
		}, store, UnaryOperator.identity(), (event) -> {
		}, (account) -> account, this.observations);
	}

	private InboxTask task(EventDispatcher dispatcher, K2EventStore store, Duration firstDelay, Delays delays) {
		return new InboxTask(dispatcher, store, new InboxTable(this.table), this.meters,
				new InboxProperties(firstDelay, Duration.ofMinutes(1), 4, null, Duration.ofMillis(1), true), delays);
	}

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
		store(this.event);
	}

	private void store(Publication publication) {
		this.table.insert(List.of(InboxTable.row(publication, StoredEvent.of(publication, this.time.now()))));
	}

	private TaskExecution execution(int failures) {
		return new TaskExecution(this.event.identity().key(), StoredEvent.of(this.event, this.time.now()).write(),
				failures, 1);
	}

	/**
	 * Let time pass, and execute what is due then.
	 */
	private void pass(Duration duration) {
		this.time.tick(duration);
		this.scheduler.runAnyDueExecutions();
	}

	private void failing() {
		this.listener = () -> {
			throw new IllegalStateException("The listener failed");
		};
	}

	private Map<String, @Nullable Object> row() {
		return JdbcClient.create(this.dataSource).sql("SELECT * FROM k2_task").query().singleRow();
	}

	private Instant executionTime() {
		return ((OffsetDateTime) Objects.requireNonNull(row().get("execution_time"))).toInstant();
	}

	private Duration nextAttempt() {
		return Duration.between(this.time.now(), executionTime());
	}

	private int failures() {
		return ((Number) Objects.requireNonNull(row().get("consecutive_failures"))).intValue();
	}

	private long rows() {
		return JdbcClient.create(this.dataSource).sql("SELECT COUNT(*) FROM k2_task").query(Long.class).single();
	}

	/**
	 * Let another instance take the event for dead while its listener runs. It does so
	 * outside of the transaction of the listener.
	 */
	private void seemDead() {
		CompletableFuture.runAsync(() -> {
			JdbcClient.create(this.dataSource)
				.sql("UPDATE k2_task SET last_heartbeat = ?")
				.param(this.time.now().minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
				.update();
			this.scheduler.runDeadExecutionDetection();
		}).join();
	}

	@Test
	void doesNotParkEventHandledByInstanceThatSeemedDead() {
		assertThat(RecordedRow.of(this.task.crashed(execution(3)))).isEqualTo("retry " + InboxTable.PARKED + " null");
		this.store.handleOnce(this.event.identity(), () -> {
		});
		assertThat(RecordedRow.of(this.task.crashed(execution(3)))).isEqualTo("remove");
		assertThat(RecordedRow.of(this.task.failed(execution(3), new IllegalStateException()))).isEqualTo("remove");
	}

	/**
	 * Otherwise the event would be lost.
	 */
	@Test
	void parksEventWhenItIsUnknownWhetherItWasHandled() {
		this.store.handleOnce(this.event.identity(), () -> {
		});
		JdbcClient.create(this.dataSource).sql("DROP TABLE k2_event").update();
		assertThat(RecordedRow.of(this.task.crashed(execution(3)))).isEqualTo("retry " + InboxTable.PARKED + " null");
	}

	@Test
	void discardsEventParkedWhileItsListenerRan() {
		failing();
		pass(Duration.ofSeconds(1));
		pass(LONG);
		pass(LONG);
		List<Instant> parked = new ArrayList<>();
		this.listener = () -> {
			seemDead();
			CompletableFuture.runAsync(() -> parked.add(executionTime())).join();
		};
		pass(LONG);
		assertThat(parked).containsExactly(InboxTable.PARKED);
		assertThat(this.published).containsExactly(this.event.event());
		assertThat(rows()).isZero();
	}

	@Test
	void delaysNextAttemptAfterDeathOfInstance() {
		this.listener = this::seemDead;
		pass(Duration.ofSeconds(1));
		assertThat(failures()).isOne();
		assertThat(nextAttempt()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1250));
	}

	@Test
	void doublesDelayAfterFailedAttempt() {
		failing();
		pass(Duration.ofSeconds(1));
		assertThat(nextAttempt()).isBetween(Duration.ofMillis(1000), Duration.ofMillis(1250));
		pass(LONG);
		assertThat(nextAttempt()).isBetween(Duration.ofMillis(2000), Duration.ofMillis(2500));
		pass(LONG);
		assertThat(nextAttempt()).isBetween(Duration.ofSeconds(4), Duration.ofSeconds(5));
	}

	@Test
	void parksEventAfterLastAttempt(CapturedOutput output) {
		failing();
		for (int attempt = 1; attempt <= 4; attempt++) {
			pass(LONG);
		}
		assertThat(executionTime()).isEqualTo(InboxTable.PARKED);
		assertThat(failures()).isEqualTo(4);
		assertThat(output)
			.contains("Event \"1\" (" + this.event.identity().key() + ") was not handled in attempt 3 of 4")
			.contains("was not handled in 4 attempts. It is parked");
	}

	@Test
	void observesLastAttemptAsParked() {
		failing();
		for (int attempt = 1; attempt <= 4; attempt++) {
			pass(LONG);
			assertThat(this.observations).hasSingleObservationThat()
				.hasLowCardinalityKeyValue("k2.outcome", (attempt == 4) ? "parked" : "failed");
			this.observations.clear();
		}
	}

	@Test
	void doesNotWarnOfListenersAfterFailedAttempt() {
		failing();
		pass(Duration.ofSeconds(1));
		CountDownLatch end = new CountDownLatch(1);
		this.listener = () -> await(end);
		ReceivedEvent later = ReceivedEvent.decode(
				"{\"id\":\"2\",\"topic\":\"buygoods_transaction_received\"}".getBytes(StandardCharsets.UTF_8),
				"default");
		CompletableFuture<Void> slow = CompletableFuture.runAsync(() -> this.task
			.execute(new TaskExecution("later", StoredEvent.of(later, this.time.now()).write(), 0, 1)));
		try {
			Awaitility.await().untilAsserted(() -> {
				this.task.monitor();
				then(this.meters).should().slow("buygoods_transaction_received");
			});
			then(this.meters).shouldHaveNoMoreInteractions();
		}
		finally {
			end.countDown();
		}
		slow.join();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void recordsDelayOfHandledEvent() {
		failing();
		pass(Duration.ofSeconds(1));
		then(this.meters).shouldHaveNoInteractions();
		this.listener = () -> {
		};
		pass(Duration.ofSeconds(9));
		then(this.meters).should().handled("customer_created", Duration.ofSeconds(10));
		assertThat(rows()).isZero();
	}

	@Test
	void recordsNoDelayOfEventThatWasHandledBefore() {
		this.dispatcher.dispatch(this.event, () -> {
		});
		pass(Duration.ofSeconds(1));
		assertThat(rows()).isZero();
		then(this.meters).shouldHaveNoInteractions();
	}

	/**
	 * The event is removed only in the next attempt if it is not the last one.
	 */
	@Test
	void repeatsEventTakenForDeadBeforeItsLastAttempt() {
		this.listener = this::seemDead;
		pass(Duration.ofSeconds(1));
		assertThat(rows()).isOne();
		this.listener = () -> {
			throw new AssertionError("The event was handled before");
		};
		pass(LONG);
		assertThat(rows()).isZero();
	}

	private void store(String key, String body) {
		store(key, ReceivedEvent.decode(body.getBytes(StandardCharsets.UTF_8), "default"));
	}

	private void store(String key, ReceivedEvent event) {
		this.table.insert(List.of(new NewRow(InboxTask.NAME, key, StoredEvent.of(event, this.time.now()).write(), null,
				this.time.now())));
	}

	/**
	 * A newer version may know a topic, and may know that a status is final.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "{\"id\":\"2\",\"topic\":\"new_topic\"}", """
			{"data": {"id": "2", "type": "incoming_payment", "attributes": {"status": "New Status"}}}""" })
	void leavesEventToNewerVersionThatStoredIt(String body, CapturedOutput output) {
		pass(Duration.ofSeconds(1));
		store("key of the newer version", body);
		for (int attempt = 1; attempt <= 5; attempt++) {
			pass(LONG);
			assertThat(this.published).containsExactly(this.event.event());
			assertThat(row()).containsEntry("picked", false);
			assertThat(failures()).isZero();
			assertThat(nextAttempt()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(75));
		}
		assertThat(output).contains("Event \"2\" (key of the newer version) waits");
	}

	@Test
	void handlesEventThatOlderVersionDidNotRecognize() {
		pass(Duration.ofSeconds(1));
		store("key of the older version", "{\"id\":\"2\",\"topic\":\"customer_created\"}");
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(2);
		assertThat(rows()).isZero();
	}

	@Test
	void handlesEventThatNoVersionRecognizes() {
		pass(Duration.ofSeconds(1));
		ReceivedEvent unknown = ReceivedEvent
			.decode("{\"id\":\"2\",\"topic\":\"new_topic\"}".getBytes(StandardCharsets.UTF_8), "default");
		store(unknown.identity().key(), unknown);
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(2);
		assertThat(rows()).isZero();
	}

	private void storeOwnEvent() {
		OwnEvent own = OwnEvent.of(new MissedTillPayment("default", PolledTransaction.from(JsonObject.parse("""
				{"type": "Buygoods Transaction", "resource": {"reference": "SK1"}}"""
			.getBytes(StandardCharsets.UTF_8)))));
		store(own);
	}

	@Test
	void publishesOwnEvent() {
		storeOwnEvent();
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(2).hasAtLeastOneElementOfType(MissedTillPayment.class);
		assertThat(rows()).isZero();
	}

	private void storeUnresolvedRequest() {
		store(OwnEvent
			.of(new UnresolvedK2Request("default", "incoming_payment", "p1", null, this.time.now(), Map.of())));
	}

	@Test
	void publishesUnresolvedRequestOnce() {
		for (int i = 0; i < 2; i++) {
			storeUnresolvedRequest();
			pass(Duration.ofSeconds(1));
			pass(Duration.ofSeconds(1));
		}
		assertThat(this.published).hasSize(2).hasAtLeastOneElementOfType(UnresolvedK2Request.class);
		assertThat(rows()).isZero();
	}

	@Test
	void publishesUnresolvedRequestWhoseResultWasHandledMeanwhile() {
		storeUnresolvedRequest();
		ReceivedEvent result = ReceivedEvent.decode("""
				{"data": {"id": "p1", "type": "incoming_payment", "attributes": {"status": "Success"}}}"""
			.getBytes(StandardCharsets.UTF_8), "default");
		this.dispatcher.dispatch(result, () -> {
		});
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(3).hasAtLeastOneElementOfType(UnresolvedK2Request.class);
	}

	@Test
	void removesOwnEventWhoseMessageWasHandledMeanwhile() {
		storeOwnEvent();
		ReceivedEvent message = ReceivedEvent.decode("""
				{"topic": "buygoods_transaction_received", "id": "e", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "sk1"}}}""".getBytes(StandardCharsets.UTF_8), "default");
		this.dispatcher.dispatch(message, () -> {
		});
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		assertThat(this.published).containsExactly(message.event(), this.event.event());
		assertThat(rows()).isZero();
	}

	/**
	 * In direct mode the store may have changed since the event was received.
	 */
	@Test
	void handlesEventWithStoreInMemory() {
		K2EventStore memory = new InMemoryEventStore(100, Duration.ofSeconds(1));
		InboxTask direct = task(dispatcher(memory), memory, Duration.ofSeconds(1),
				TestScheduler.delays(new MovedClock(this.time)));
		storeOwnEvent();
		this.time.tick(Duration.ofSeconds(1));
		ManualScheduler other = TestScheduler.manual(TestTables.of(this.dataSource), this.time, direct);
		other.runAnyDueExecutions();
		other.runAnyDueExecutions();
		assertThat(this.published).hasSize(2);
		assertThat(rows()).isZero();
		assertThat(RecordedRow.of(direct.crashed(execution(3)))).isEqualTo("retry " + InboxTable.PARKED + " null");
	}

	@Test
	void observesAndParksUnreadableEvent() {
		pass(Duration.ofSeconds(1));
		this.observations.clear();
		this.table.insert(List.of(new NewRow(InboxTask.NAME, "key", "no JSON", null, this.time.now())));
		pass(Duration.ofSeconds(1));
		assertThat(this.observations).hasNumberOfObservationsEqualTo(1);
		for (int attempt = 2; attempt <= 4; attempt++) {
			pass(LONG);
		}
		assertThat(executionTime()).isEqualTo(InboxTable.PARKED);
	}

	@Test
	void logsOneStackTraceForFailedAttempt(CapturedOutput output) {
		failing();
		K2Scheduler scheduler = TestScheduler.create(this.table,
				task(this.dispatcher, this.store, Duration.ofMinutes(1), Delays.SYSTEM));
		scheduler.start();
		try {
			Awaitility.await().until(() -> failures() == 1);
		}
		finally {
			scheduler.stop();
		}
		assertThat(output.getAll().split("at io\\.github\\.k2connect\\.webhook\\.inbox\\.InboxTask\\.execute\\("))
			.hasSize(2);
		assertThat(output.getAll().split("IllegalStateException: The listener failed")).hasSize(2);
	}

}
