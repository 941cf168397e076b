package io.github.k2connect.webhook.inbox;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.Database;
import io.github.k2connect.delivery.DatabaseServer;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.KnownPayments;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Tests for {@link InboxTable}.
 */
@ParameterizedClass
@EnumSource
class InboxTableTests {

	private static final Instant NOW = Instant.parse("2026-03-11T05:00:00.123456Z");

	private static final ReceivedEvent EVENT = event("1");

	private static final String KEY = EVENT.identity().key();

	private final Database database;

	private final DatabaseServer server;

	private final RecordingDataSource dataSource;

	private final TaskTable tasks;

	private final InboxTable table;

	private final JdbcEventStore store;

	InboxTableTests(Database database) throws SQLException {
		this.database = database;
		this.server = database.start();
		this.dataSource = new RecordingDataSource(this.server.dataSource());
		TestTables.create(this.dataSource);
		this.tasks = new TaskTable(TestTables.of(this.dataSource));
		this.table = new InboxTable(this.tasks);
		this.store = store(this.dataSource);
	}

	@AfterEach
	void stopServer() throws IOException {
		this.server.close();
	}

	private static JdbcEventStore store(DataSource dataSource) {
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), "k2_event", Duration.ofDays(1),
				Duration.ofSeconds(1), Clock.systemUTC());
	}

	private static ReceivedEvent event(String id) {
		return ReceivedEvent.decode("""
				{"topic": "buygoods_transaction_received", "id": "%s", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "sk%1$s"}}}""".formatted(id).getBytes(StandardCharsets.UTF_8), "default");
	}

	private static void changeNothing() {
	}

	private static StoredEvent stored(Publication event) {
		return StoredEvent.of(event, NOW);
	}

	private boolean insert(ReceivedEvent event) {
		return this.table.insert(event, stored(event), this.store, true);
	}

	private void park(Publication event) {
		NewRow row = InboxTable.row(event, stored(event));
		this.tasks.insert(List.of(new NewRow(row.task(), row.id(), row.data(), row.reference(), InboxTable.PARKED)));
		update("consecutive_failures = 20");
	}

	private void insertRow(String task, String id, Instant time) {
		this.tasks.insert(List.of(new NewRow(task, id, "data", null, time)));
	}

	private void update(String change) {
		new JdbcTemplate(this.dataSource).update("UPDATE k2_task SET " + change);
	}

	private void handle() {
		assertThat(this.store.handleOnce(EVENT.identity(), InboxTableTests::changeNothing)).isTrue();
	}

	private static TaskExecution execution() {
		return new TaskExecution(KEY, stored(EVENT).write(), 0, 1);
	}

	private TransactionTemplate callersTransaction() {
		return new TransactionTemplate(new JdbcTransactionManager(this.dataSource));
	}

	private Row row() {
		return this.tasks.find(InboxTask.NAME, KEY).orElseThrow();
	}

	@Test
	void storesEvent() {
		assertThat(insert(EVENT)).isTrue();
		assertThat(row())
			.isEqualTo(new Row(KEY, stored(EVENT).write(), KnownPayments.column(EVENT.identity()), NOW, 0, null));
	}

	/**
	 * The text does not depend on the encoding of the database.
	 */
	@Test
	void storesTextInAnyScript() {
		ReceivedEvent event = event("\u00e9 \u4e2d \ud83c\udf89");
		insert(event);
		assertThat(this.tasks.find(InboxTask.NAME, event.identity().key())).map(Row::data)
			.map(StoredEvent::read)
			.map(StoredEvent::id)
			.contains("\u00e9 \u4e2d \ud83c\udf89");
	}

	@Test
	void storesEventOnceWhileItWaits() {
		assertThat(insert(EVENT)).isTrue();
		assertThat(insert(EVENT)).isFalse();
		assertThat(insert(event("2"))).isTrue();
		assertThat(this.table.waiting()).isEqualTo(2);
	}

	@Test
	void doesNotStoreParkedEvent() {
		park(EVENT);
		assertThat(insert(EVENT)).isFalse();
		assertThat(row()).extracting(Row::time, Row::failures).containsExactly(InboxTable.PARKED, 20);
	}

	/**
	 * Elsewhere the attempt finds that the event was handled.
	 */
	@Test
	void doesNotStoreHandledEventWhereInsertFindsItWithoutLocks() {
		handle();
		assertThat(insert(EVENT)).isEqualTo(this.database == Database.MARIADB);
		assertThat(this.table.find(KEY).isPresent()).isEqualTo(this.database == Database.MARIADB);
	}

	@Test
	void storesConcurrentDeliveriesOnce() throws Exception {
		for (int round = 0; round < 5; round++) {
			ReceivedEvent event = event("round-" + round);
			assertThat(together(Stream.generate(() -> (BooleanSupplier) () -> insert(event)).limit(6).toList()))
				.isEqualTo(1);
		}
		assertThat(this.table.waiting()).isEqualTo(5);
	}

	/**
	 * Call all at once, and return how many return {@code true}.
	 */
	private static long together(List<BooleanSupplier> calls) {
		CyclicBarrier start = new CyclicBarrier(calls.size());
		List<CompletableFuture<Boolean>> results = calls.stream().map((call) -> {
			CompletableFuture<Boolean> result = new CompletableFuture<>();
			new Thread(() -> {
				try {
					start.await(30, TimeUnit.SECONDS);
					result.complete(call.getAsBoolean());
				}
				catch (Throwable ex) {
					result.completeExceptionally(ex);
				}
			}).start();
			return result;
		}).toList();
		return results.stream().map(CompletableFuture::join).filter(Boolean::booleanValue).count();
	}

	/**
	 * A delivery waits for no listener, also not for one of the same event.
	 */
	@Test
	void storesEventsWhileTransactionsHandleEvents() {
		List<Boolean> inserted = new ArrayList<>();
		this.store.handleOnce(EVENT.identity(), () -> this.store.handleOnce(event("2").identity(),
				() -> CompletableFuture.runAsync(() -> Stream.of("1", "2", "3").forEach((id) -> {
					inserted.add(insert(event(id)));
					inserted.add(insert(event(id)));
				})).orTimeout(20, TimeUnit.SECONDS).join()));
		assertThat(inserted).containsExactly(true, false, true, false, true, false);
	}

	@Test
	void wakesSchedulerAfterInsertUnlessItIsDuplicate() {
		List<Long> waiting = new ArrayList<>();
		TestScheduler.wakes(this.tasks, () -> waiting.add(waitingForOthers()));
		insert(EVENT);
		assertThat(waiting).containsExactly(1L);
		insert(EVENT);
		assertThat(waiting).containsExactly(1L);
		this.table.insert(List.of(InboxTable.row(event("2"), stored(event("2")))), InboxTableTests::changeNothing);
		assertThat(waiting).containsExactly(1L, 2L);
	}

	/**
	 * What another connection sees.
	 */
	private long waitingForOthers() {
		return CompletableFuture.supplyAsync(() -> this.table.waiting()).join();
	}

	@Test
	void commitsEachChangeWhateverCallerDoes() {
		park(event("2"));
		park(event("3"));
		List<Boolean> done = new ArrayList<>();
		assertThatIllegalStateException().isThrownBy(() -> callersTransaction().executeWithoutResult((status) -> {
			done.add(insert(EVENT));
			done.add(this.table.retry(event("2").identity().key(), NOW));
			done.add(this.table.discard(event("3").identity().key(), InboxTableTests::changeNothing));
			this.table.insert(List.of(InboxTable.row(event("4"), stored(event("4")))), InboxTableTests::changeNothing);
			throw new IllegalStateException("The caller fails");
		}));
		assertThat(done).containsExactly(true, true, true);
		assertThat(this.table.parked()).isZero();
		assertThat(this.tasks.all(InboxTask.NAME)).extracting(Row::id)
			.containsExactlyInAnyOrder(KEY, event("2").identity().key(), event("4").identity().key());
	}

	@Test
	void commitsEachChangeWherePoolDoesNot() {
		park(event("2"));
		park(event("3"));
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(this.dataSource);
			pool.setAutoCommit(false);
			pool.setMaximumPoolSize(1);
			InboxTable pooled = new InboxTable(new TaskTable(TestTables.of(pool)));
			assertThat(pooled.insert(EVENT, stored(EVENT), store(pool), true)).isTrue();
			assertThat(pooled.insert(EVENT, stored(EVENT), store(pool), true)).isFalse();
			assertThat(pooled.retry(event("2").identity().key(), NOW)).isTrue();
			assertThat(pooled.discard(event("3").identity().key(), InboxTableTests::changeNothing)).isTrue();
			pooled.insert(List.of(InboxTable.row(event("4"), stored(event("4")))), InboxTableTests::changeNothing);
		}
		assertThat(this.table.parked()).isZero();
		assertThat(this.tasks.all(InboxTask.NAME)).extracting(Row::id)
			.containsExactlyInAnyOrder(KEY, event("2").identity().key(), event("4").identity().key());
	}

	@Test
	void needsOneStatementForEach() {
		insert(event("warm-up"));
		assertThat(roundTrips(() -> insert(EVENT))).containsExactly("INSERT k2_task");
		assertThat(roundTrips(() -> insert(EVENT))).containsExactly("INSERT k2_task");
		assertThat(roundTrips(() -> assertThat(this.table.find(KEY)).isPresent())).containsExactly("SELECT k2_task");
		assertThat(roundTrips(() -> this.table.waiting())).containsExactly("SELECT k2_task");
		assertThat(roundTrips(() -> this.table.parked("", 10))).containsExactly("SELECT k2_task");
		park(event("2"));
		assertThat(roundTrips(() -> this.table.retry(event("2").identity().key(), NOW)))
			.containsExactly("UPDATE k2_task");
		assertThat(roundTrips(() -> this.table.discard(KEY, InboxTableTests::changeNothing)))
			.containsExactly("DELETE k2_task", "commit");
		handle();
		assertThat(roundTrips(() -> this.table.remove(execution(), this.store))).containsExactly("DELETE k2_task");
		List<NewRow> rows = IntStream.range(10, 30)
			.mapToObj((i) -> InboxTable.row(event("" + i), stored(event("" + i))))
			.toList();
		assertThat(roundTrips(() -> this.table.insert(rows, InboxTableTests::changeNothing)))
			.containsExactly("INSERT k2_task", "commit");
	}

	private List<String> roundTrips(Runnable action) {
		this.dataSource.clear();
		action.run();
		return this.dataSource.roundTrips();
	}

	@Test
	void makesOtherChangeInSameTransaction() {
		List<NewRow> rows = List.of(InboxTable.row(EVENT, stored(EVENT)));
		assertThatIllegalStateException().isThrownBy(() -> this.table.insert(rows, () -> {
			insertRow("other", "key", NOW);
			assertThat(waitingForOthers()).isZero();
			throw new IllegalStateException("The other change fails");
		}));
		assertThat(this.table.find(KEY).isPresent()).isFalse();
		assertThat(this.tasks.all("other")).isEmpty();
		this.table.insert(rows, () -> insertRow("other", "key", NOW));
		assertThat(this.table.find(KEY).isPresent()).isTrue();
		assertThat(this.tasks.all("other")).hasSize(1);
	}

	@Test
	void insertsAllEventsOrNone() {
		insert(EVENT);
		List<NewRow> rows = Stream.of("2", "1", "3").map((id) -> InboxTable.row(event(id), stored(event(id)))).toList();
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.table.insert(rows, InboxTableTests::changeNothing));
		assertThat(this.table.waiting()).isOne();
	}

	@Test
	void retriesParkedEventAtOnceWithAllAttempts() {
		park(EVENT);
		List<Long> waiting = new ArrayList<>();
		TestScheduler.wakes(this.tasks, () -> waiting.add(waitingForOthers()));
		assertThat(this.table.retry(KEY, NOW.plusSeconds(7))).isTrue();
		assertThat(row()).extracting(Row::time, Row::failures, Row::data)
			.containsExactly(NOW.plusSeconds(7), 0, stored(EVENT).write());
		assertThat(waiting).containsExactly(1L);
	}

	@Test
	void retriesAndDiscardsOnlyParkedEvents() {
		insert(EVENT);
		assertThat(this.table.retry(KEY, NOW.plusSeconds(7))).isFalse();
		assertThat(this.table.discard(KEY, InboxTableTests::changeNothing)).isFalse();
		assertThat(this.table.retry("unknown", NOW)).isFalse();
		assertThat(this.table.discard("unknown", InboxTableTests::changeNothing)).isFalse();
		assertThat(row().time()).isEqualTo(NOW);
		insertRow("other", "parked", InboxTable.PARKED);
		assertThat(this.table.retry("parked", NOW)).isFalse();
		assertThat(this.table.discard("parked", InboxTableTests::changeNothing)).isFalse();
		assertThat(this.tasks.all("other")).hasSize(1);
	}

	@Test
	void neitherRetriesNorDiscardsEventThatIsExecuting() {
		park(EVENT);
		update("picked = TRUE");
		assertThat(this.table.retry(KEY, NOW)).isFalse();
		assertThat(this.table.discard(KEY, InboxTableTests::changeNothing)).isFalse();
		assertThat(row().time()).isEqualTo(InboxTable.PARKED);
	}

	@Test
	void eitherRetriesOrDiscardsParkedEvent() {
		for (int round = 0; round < 10; round++) {
			park(EVENT);
			List<Boolean> retried = new ArrayList<>();
			assertThat(together(List.of(() -> {
				boolean done = this.table.retry(KEY, NOW);
				retried.add(done);
				return done;
			}, () -> this.table.discard(KEY, InboxTableTests::changeNothing)))).isEqualTo(1);
			assertThat(this.table.find(KEY).isPresent()).isEqualTo(retried.get(0));
			new JdbcTemplate(this.dataSource).update("DELETE FROM k2_task");
		}
	}

	@Test
	void retriesOrDiscardsParkedEventOnce() {
		for (int round = 0; round < 5; round++) {
			park(EVENT);
			BooleanSupplier retry = () -> this.table.retry(KEY, NOW);
			assertThat(together(List.of(retry, retry, retry))).isEqualTo(1);
			new JdbcTemplate(this.dataSource).update("DELETE FROM k2_task");
			park(EVENT);
			BooleanSupplier discard = () -> this.table.discard(KEY, InboxTableTests::changeNothing);
			assertThat(together(List.of(discard, discard, discard))).isEqualTo(1);
		}
	}

	@Test
	void removesHandledEventOnce() {
		insert(EVENT);
		handle();
		assertThat(this.table.remove(execution(), this.store)).isTrue();
		assertThat(this.table.find(KEY).isPresent()).isFalse();
		assertThat(this.table.remove(execution(), this.store)).isFalse();
	}

	@Test
	void removesEventInTransactionOfItsHandling() {
		insert(EVENT);
		callersTransaction().executeWithoutResult((status) -> {
			handle();
			assertThat(this.table.remove(execution(), this.store)).isTrue();
			assertThat(this.table.find(KEY).isPresent()).isFalse();
			status.setRollbackOnly();
		});
		assertThat(this.table.find(KEY).isPresent()).isTrue();
		assertThat(this.store.isHandled(EVENT.identity())).isFalse();
	}

	@Test
	void keepsEventThatIsNotHandled() {
		insert(EVENT);
		assertThat(this.table.remove(execution(), this.store)).isFalse();
		assertThat(this.table.find(KEY).isPresent()).isTrue();
	}

	@Test
	void keepsEventThatAnotherInstanceHasTaken() {
		insert(EVENT);
		handle();
		update("version = 2");
		assertThat(this.table.remove(execution(), this.store)).isFalse();
		assertThat(this.table.find(KEY).isPresent()).isTrue();
	}

	@Test
	void containsWaitingAndParkedEvents() {
		insert(EVENT);
		park(event("2"));
		assertThat(this.table.find(KEY).isPresent()).isTrue();
		assertThat(this.table.find(event("2").identity().key()).isPresent()).isTrue();
		assertThat(this.table.find("other").isPresent()).isFalse();
		assertThat(this.table.existing(List.of(KEY, event("2").identity().key(), "other")))
			.containsExactlyInAnyOrder(KEY, event("2").identity().key());
	}

	@Test
	void doesNotContainRowsOfOtherTasks() {
		insertRow("other", "key", NOW);
		insertRow("other", "parked", InboxTable.PARKED);
		assertThat(this.table.find("key").isPresent()).isFalse();
		assertThat(this.table.existing(List.of("key", "parked"))).isEmpty();
		assertThat(this.table.waiting()).isZero();
		assertThat(this.table.parked()).isZero();
		assertThat(this.table.parked("", 10)).isEmpty();
		assertThat(this.table.firstParked(10)).isEmpty();
		assertThat(this.table.firstWaiting("execution_time", 10)).isEmpty();
	}

	@Test
	void countsWaitingEventsUntilTheyAreParked() {
		insertRow(InboxTask.NAME, "waiting", InboxTable.PARKED.minusSeconds(1));
		insertRow(InboxTask.NAME, "parked", InboxTable.PARKED);
		assertThat(this.table.waiting()).isOne();
		assertThat(this.table.parked()).isOne();
		assertThat(this.table.firstWaiting("execution_time", 10)).extracting(Row::id).containsExactly("waiting");
	}

	@Test
	void findsEventsAboutPayments() {
		OwnEvent missed = OwnEvent.of(new MissedTillPayment("default", PolledTransaction.from(JsonObject.parse("""
				{"type": "Buygoods Transaction", "resource": {"reference": "SK1"}}"""
			.getBytes(StandardCharsets.UTF_8)))));
		insert(EVENT);
		insert(event("2"));
		insert(event("3"));
		park(missed);
		String first = KnownPayments.column(EVENT.identity());
		String second = KnownPayments.column(event("2").identity());
		this.tasks.insert(List.of(new NewRow("other", "key", "data", first, NOW)));
		assertThat(this.table.about(List.of(first))).extracting(Row::id)
			.containsExactlyInAnyOrder(KEY, missed.identity().key());
		assertThat(this.table.about(List.of(first, second))).extracting(Row::reference)
			.containsExactlyInAnyOrder(first, first, second);
		assertThat(this.table.about(List.of("another"))).isEmpty();
	}

	@Test
	void pagesThroughParkedEvents() {
		for (int i = 0; i < 5; i++) {
			insertRow(InboxTask.NAME, "parked-" + i, InboxTable.PARKED.plusSeconds(5 - i));
			insertRow(InboxTask.NAME, "parked-" + i + "-waiting", NOW);
		}
		List<Row> first = this.table.parked("", 2);
		assertThat(first).extracting(Row::id).containsExactly("parked-0", "parked-1");
		assertThat(this.table.parked("parked-1", 2)).extracting(Row::id).containsExactly("parked-2", "parked-3");
		assertThat(this.table.parked("parked-3", 2)).extracting(Row::id).containsExactly("parked-4");
		assertThat(this.table.parked("parked-4", 2)).isEmpty();
	}

	@Test
	void returnsFirstParkedEvents() {
		insertRow(InboxTask.NAME, "1", InboxTable.PARKED.plusSeconds(1));
		insertRow(InboxTask.NAME, "2", InboxTable.PARKED);
		insertRow(InboxTask.NAME, "3", InboxTable.PARKED);
		insertRow(InboxTask.NAME, "4", NOW);
		assertThat(this.table.firstParked(2)).extracting(Row::id).containsExactly("2", "3");
		assertThat(this.table.firstParked(9)).extracting(Row::id).containsExactly("2", "3", "1");
	}

	@Test
	void returnsFirstWaitingEvents() {
		insertRow(InboxTask.NAME, "late", NOW.plusSeconds(2));
		insertRow(InboxTask.NAME, "early", NOW);
		insertRow(InboxTask.NAME, "next", NOW.plusSeconds(1));
		assertThat(this.table.firstWaiting("execution_time", 2)).extracting(Row::id).containsExactly("early", "next");
	}

	@Test
	void existsWithItsTable() {
		assertThat(this.table.exists()).isTrue();
		new JdbcTemplate(this.dataSource).execute("DROP TABLE k2_task");
		assertThat(this.table.exists()).isFalse();
	}

}
