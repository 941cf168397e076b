package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.TestTables;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TestExecutions;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.KnownPayments;
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
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

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

	private final SmartLifecycle lifecycle = TestExecutions.lifecycle(Duration.ofSeconds(1));

	private final K2Task.Executions executions = TestExecutions.withOneThread(this.lifecycle,
			new MovedClock(this.time));

	private final InboxProperties properties = new InboxProperties(Duration.ofSeconds(1), Duration.ofMinutes(1), 4,
			null, Duration.ofMillis(1));

	private final Set<EventIdentity> handled = new HashSet<>();

	private final List<String> discarded = new ArrayList<>();

	private final InboxMeters meters = mock();

	private final SlowListeners slowListeners = new SlowListeners(this.properties, this.meters);

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private final ReceivedEvent event = ReceivedEvent
		.decode("{\"id\":\"1\",\"topic\":\"customer_created\"}".getBytes(StandardCharsets.UTF_8), "default");

	private Runnable listener = () -> {
	};

	private final List<Object> published = new ArrayList<>();

	private boolean superseded;

	private final K2EventStore store = new InMemoryEventStore(100, Duration.ofSeconds(1));

	private final EventDispatcher dispatcher = new EventDispatcher((published) -> {
		this.listener.run();
		this.published.add(published);
	}, this.store, UnaryOperator.identity(), (event) -> {
	}, (account) -> account, this.observations);

	private ManualScheduler scheduler;

	@BeforeEach
	void setUp() {
		this.time.set(Instant.parse("2026-03-11T05:00:00Z"));
		InboxTask task = new InboxTask(
				new InboxTask.Collaborators(() -> this.dispatcher,
						(execution) -> new RemovingEventStore(this.store, (events) -> false), this.handled::contains,
						(own) -> this.superseded, this.discarded::add, this.meters, this.slowListeners),
				this.properties, this.executions);
		this.scheduler = TestHelper.createManualScheduler(this.dataSource, task).clock(this.time).build();
		this.scheduler.schedule(new TaskInstance<>(InboxTask.NAME, this.event.identity().key(),
				StoredEvent.of(this.event, this.time.now()).write()), this.time.now());
		this.lifecycle.start();
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
	 * Let another instance take the event for dead while its listener runs.
	 */
	private void seemDead() {
		JdbcClient.create(this.dataSource)
			.sql("UPDATE k2_task SET last_heartbeat = ?")
			.param(this.time.now().minus(Duration.ofDays(1)).atOffset(ZoneOffset.UTC))
			.update();
		this.scheduler.runDeadExecutionDetection();
	}

	@Test
	void keepsFailedAttemptsWhileListenersAreNotRunning() {
		failing();
		pass(Duration.ofSeconds(1));
		pass(LONG);
		assertThat(failures()).isEqualTo(2);
		Object lastFailure = row().get("last_failure");
		this.lifecycle.stop();
		for (int restart = 0; restart < 3; restart++) {
			pass(LONG);
			assertThat(row()).containsEntry("consecutive_failures", 2)
				.containsEntry("last_failure", lastFailure)
				.containsEntry("last_success", null)
				.containsEntry("picked", false);
		}
		this.lifecycle.start();
		pass(LONG);
		assertThat(failures()).isEqualTo(3);
		pass(LONG);
		assertThat(failures()).isEqualTo(4);
		pass(LONG);
		assertThat(failures()).isEqualTo(4);
	}

	@Test
	void countsNoAttemptOfNewEventWhileListenersAreNotRunning() {
		this.lifecycle.stop();
		pass(Duration.ofSeconds(1));
		assertThat(row()).containsEntry("last_failure", null).containsEntry("last_success", null);
		assertThat(failures()).isZero();
	}

	@Test
	void postponesEventOverThreadLimitWithoutCountingAttempt() {
		failing();
		pass(Duration.ofSeconds(1));
		assertThat(TestExecutions.takeThread(this.executions)).isTrue();
		pass(LONG);
		assertThat(failures()).isOne();
		TestExecutions.giveThreadBack(this.executions);
		pass(LONG);
		assertThat(failures()).isEqualTo(2);
	}

	@Test
	void doesNotParkEventHandledByInstanceThatSeemedDead() {
		failing();
		pass(Duration.ofSeconds(1));
		pass(LONG);
		pass(LONG);
		assertThat(failures()).isEqualTo(3);
		AtomicLong rows = new AtomicLong();
		this.listener = () -> {
			this.handled.add(this.event.identity());
			seemDead();
			rows.set(rows());
		};
		pass(LONG);
		assertThat(rows).hasValue(0);
	}

	@Test
	void discardsEventParkedWhileItsListenerRan() {
		failing();
		pass(Duration.ofSeconds(1));
		pass(LONG);
		pass(LONG);
		this.listener = this::seemDead;
		pass(LONG);
		assertThat(this.discarded).containsExactly(this.event.identity().key());
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
		this.slowListeners.begin(TestInbox.instance("later",
				ReceivedEvent.decode(
						"{\"id\":\"2\",\"topic\":\"buygoods_transaction_received\"}".getBytes(StandardCharsets.UTF_8),
						"default"),
				new MovedClock(this.time)));
		Awaitility.await().untilAsserted(() -> {
			this.slowListeners.onSchedulerEvent(SchedulerEventType.RAN_UPDATE_HEARTBEATS);
			then(this.meters).should().slow("buygoods_transaction_received");
		});
		then(this.meters).shouldHaveNoMoreInteractions();
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
		assertThat(this.discarded).isEmpty();
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
		this.scheduler.schedule(TestInbox.instance(key,
				ReceivedEvent.decode(body.getBytes(StandardCharsets.UTF_8), "default"), new MovedClock(this.time)),
				this.time.now());
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
		this.scheduler.schedule(TestInbox.instance(unknown.identity().key(), unknown, new MovedClock(this.time)),
				this.time.now());
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(2);
		assertThat(rows()).isZero();
	}

	private void storeOwnEvent() {
		OwnEvent own = OwnEvent.of(KnownPayments.MISSED_PAYMENT, "default", PolledTransaction.from(JsonObject.parse("""
				{"type": "Buygoods Transaction", "resource": {"reference": "SK1"}}"""
			.getBytes(StandardCharsets.UTF_8))));
		this.scheduler.schedule(
				new TaskInstance<>(InboxTask.NAME, own.identity().key(), StoredEvent.of(own, this.time.now()).write()),
				this.time.now());
	}

	@Test
	void publishesOwnEvent() {
		storeOwnEvent();
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		assertThat(this.published).hasSize(2).hasAtLeastOneElementOfType(MissedTillPayment.class);
		assertThat(rows()).isZero();
	}

	@Test
	void removesOwnEventWhoseMessageWasHandledMeanwhile() {
		this.superseded = true;
		storeOwnEvent();
		pass(Duration.ofSeconds(1));
		pass(Duration.ofSeconds(1));
		assertThat(this.published).containsExactly(this.event.event());
		assertThat(rows()).isZero();
	}

	@Test
	void observesAndParksUnreadableEvent() {
		pass(Duration.ofSeconds(1));
		this.observations.clear();
		this.scheduler.schedule(new TaskInstance<>(InboxTask.NAME, "key", "no JSON"), this.time.now());
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
		pass(Duration.ofSeconds(1));
		assertThat(output.getAll().split("at io\\.github\\.k2connect\\.webhook\\.inbox\\.InboxTask\\.run\\("))
			.hasSize(2);
		assertThat(output.getAll().split("IllegalStateException: The listener failed")).hasSize(2);
	}

}
