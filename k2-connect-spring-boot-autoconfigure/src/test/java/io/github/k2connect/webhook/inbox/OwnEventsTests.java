package io.github.k2connect.webhook.inbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.KnownPayments;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DelegatingDataSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link OwnEvents} and {@link InboxOverview} with PostgreSQL.
 */
class OwnEventsTests {

	private final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final TaskTable tasks = new TaskTable(TestTables.of(this.dataSource));

	private final InboxTable table = new InboxTable(this.tasks);

	private final OwnEvents events = TestInbox.ownEvents(this.tasks, Clock.systemUTC());

	@BeforeEach
	void createTable() {
		TestTables.create(this.dataSource);
	}

	private static ReceivedEvent message(String topic, String id, String reference) {
		return ReceivedEvent.decode("""
				{"topic": "%s", "id": "%s", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "%s"}}}""".formatted(topic, id, reference).getBytes(StandardCharsets.UTF_8),
				"default");
	}

	private void insert(Publication event, Instant time) {
		NewRow row = InboxTable.row(event, StoredEvent.of(event, Instant.EPOCH));
		this.tasks.insert(List.of(new NewRow(row.task(), row.id(), row.data(), row.reference(), time)));
	}

	@Test
	void findsPaymentsOfWaitingAndParkedEvents() {
		insert(message("buygoods_transaction_received", "1", "sk1"), Instant.EPOCH);
		insert(message("buygoods_transaction_reversed", "2", "SK2"), InboxTable.PARKED);
		insert(message("customer_created", "3", "SK3"), Instant.EPOCH);
		KnownPayments known = this.events.waitingPayments("default", List.of("SK1", "SK2", "SK3", "SK4"));
		assertThat(known.include("SK1")).isTrue();
		assertThat(known.includeReversal("SK1")).isFalse();
		assertThat(known.include("SK2")).isTrue();
		assertThat(known.includeReversal("SK2")).isTrue();
		assertThat(known.include("SK3")).isFalse();
		assertThat(known.include("SK4")).isFalse();
		assertThat(this.events.waitingPayments("other", List.of("SK1")).include("SK1")).isFalse();
	}

	@Test
	void findsPaymentsOfItsOwnEvents() {
		this.events.store(missedPayments(301), () -> {
		});
		List<String> references = IntStream.range(0, 302).mapToObj((i) -> "SK" + i).toList();
		KnownPayments known = this.events.waitingPayments("default", references);
		assertThat(references).filteredOn(known::include).hasSize(301).doesNotContain("SK301");
	}

	/**
	 * The reference is in a column of its own.
	 */
	@Test
	void findsPaymentOfUnreadableEvent() {
		NewRow row = InboxTable.row(message("buygoods_transaction_received", "1", "SK1"),
				StoredEvent.of(message("buygoods_transaction_received", "1", "SK1"), Instant.EPOCH));
		this.tasks.insert(List.of(new NewRow(row.task(), row.id(), "no JSON", row.reference(), row.time())));
		KnownPayments known = this.events.waitingPayments("default", List.of("SK1"));
		assertThat(known.include("SK1")).isTrue();
		assertThat(known.includeReversal("SK1")).isFalse();
	}

	@Test
	void showsEvents() {
		insert(message("buygoods_transaction_received", "1", "SK1"), Instant.EPOCH);
		insert(message("buygoods_transaction_received", "2", "SK2"), InboxTable.PARKED);
		InboxOverview overview = new InboxOverview(this.table.monitored());
		assertThat(overview.state()).isEqualTo(new K2Inbox.State(1, Instant.EPOCH, 1));
		assertThat(overview.parked(10)).singleElement().satisfies((event) -> {
			assertThat(event.account()).isEqualTo("default");
			assertThat(event.kind()).isEqualTo("buygoods_transaction_received");
			assertThat(event.receivedAt()).isEqualTo(Instant.EPOCH);
		});
	}

	private static List<MissedTillPayment> missedPayments(int count) {
		return IntStream.range(0, count)
			.mapToObj((i) -> PolledTransaction.from(JsonObject.parse("""
					{"type": "Buygoods Transaction", "resource": {"reference": "SK%s"}}""".formatted(i)
				.getBytes(StandardCharsets.UTF_8))))
			.map((payment) -> new MissedTillPayment("default", payment))
			.toList();
	}

	private static UnresolvedK2Request unresolved(String account, String type, String id) {
		return new UnresolvedK2Request(account, type, id, null, Instant.EPOCH, Map.of());
	}

	@Test
	void storesUnresolvedRequestOnce() {
		for (int i = 0; i < 2; i++) {
			this.events.store(List.of(unresolved("default", "payment", "p1")), () -> {
			});
		}
		assertThat(this.table.waiting()).isOne();
		this.events.store(List.of(unresolved("default", "payment", "p2"), unresolved("shop", "payment", "p1"),
				unresolved("default", "incoming_payment", "p1")), () -> {
				});
		assertThat(this.table.waiting()).isEqualTo(4);
	}

	/**
	 * The events are looked for in parts.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 300, 301 })
	void storesOnlyEventsThatAreNotStoredYet(int count) {
		AtomicInteger changes = new AtomicInteger();
		this.events.store(missedPayments(count), changes::incrementAndGet);
		assertThat(this.table.waiting()).isEqualTo(count);
		this.events.store(missedPayments(count + 1), changes::incrementAndGet);
		assertThat(this.table.waiting()).isEqualTo(count + 1);
		assertThat(changes).hasValue(2);
	}

	@Test
	void storesEventsAfterConflicts() {
		AtomicInteger conflicts = new AtomicInteger();
		this.events.store(missedPayments(2), () -> {
			if (conflicts.incrementAndGet() <= 2) {
				throw new DuplicateKeyException("Another instance stores one of the events");
			}
		});
		assertThat(this.table.waiting()).isEqualTo(2);
	}

	@Test
	void storesNothingWhenOtherChangeFails() {
		AtomicInteger failures = new AtomicInteger();
		assertThatExceptionOfType(DuplicateKeyException.class)
			.isThrownBy(() -> this.events.store(missedPayments(2), () -> {
				failures.incrementAndGet();
				throw new DuplicateKeyException("Failed");
			}));
		assertThat(failures).hasValue(3);
		assertThat(this.table.waiting()).isZero();
	}

	/**
	 * The plans for an inbox of 100,000 events that PostgreSQL has not analyzed yet.
	 */
	@Test
	void doesNotReadTheWholeInbox() {
		this.jdbc.update("""
				INSERT INTO k2_task (task_name, task_instance, task_data, reference, execution_time, picked, version)
				SELECT 'k2-inbox', md5(CAST(x AS VARCHAR)), ?, 'default ' || x, now(), false, 1
				FROM generate_series(1, 100000) AS x""",
				StoredEvent.of(message("buygoods_transaction_received", "1", "SK1"), Instant.EPOCH)
					.write()
					.getBytes(StandardCharsets.UTF_8));
		assertThat(plan((table) -> table.about(List.of("default 1", "default 2")))).contains("k2_task_reference")
			.doesNotContain("Seq Scan");
		assertThat(plan((table) -> table.existing(List.of("1", "2")))).contains("Index").doesNotContain("Seq Scan");
		assertThat(plan((table) -> table.firstParked(100))).contains("k2_task_execution_time")
			.doesNotContain("Seq Scan");
		this.jdbc.update("ANALYZE k2_task");
		assertThat(plan((table) -> table.firstParked(100))).contains("k2_task_execution_time")
			.doesNotContain("Seq Scan");
		assertThat(plan((table) -> table.parked("", 100))).contains("Index Scan using k2_task_pkey")
			.doesNotContain("Sort", "Seq Scan");
	}

	/**
	 * Return the plan of the statement that a method of the table sends.
	 */
	private String plan(Consumer<InboxTable> method) {
		PlanningDataSource planning = new PlanningDataSource(this.dataSource);
		method.accept(new InboxTable(new TaskTable(TestTables.of(planning))));
		return planning.plan();
	}

	/**
	 * Data source that asks for the plan of each query before it sends the query.
	 */
	private static final class PlanningDataSource extends DelegatingDataSource {

		private final StringBuilder plan = new StringBuilder();

		PlanningDataSource(DataSource target) {
			super(target);
		}

		String plan() {
			return this.plan.toString();
		}

		@Override
		public Connection getConnection() throws SQLException {
			Connection connection = super.getConnection();
			return proxy(Connection.class, (method, arguments) -> {
				Object result = call(connection, method, arguments);
				return (result instanceof PreparedStatement query && arguments != null)
						? planned(query, connection.prepareStatement("EXPLAIN " + arguments[0])) : result;
			});
		}

		private PreparedStatement planned(PreparedStatement query, PreparedStatement explain) {
			return proxy(PreparedStatement.class, (method, arguments) -> {
				if (method.getName().equals("executeQuery")) {
					ResultSet lines = explain.executeQuery();
					while (lines.next()) {
						this.plan.append(lines.getString(1)).append('\n');
					}
				}
				else if (method.getName().startsWith("set")) {
					call(explain, method, arguments);
				}
				return call(query, method, arguments);
			});
		}

		private static <T> T proxy(Class<T> type, Invocation invocation) {
			return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type },
					(proxy, method, arguments) -> invocation.invoke(method, arguments)));
		}

		private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
				throws Throwable {
			try {
				return method.invoke(target, arguments);
			}
			catch (InvocationTargetException ex) {
				throw ex.getTargetException();
			}
		}

		@FunctionalInterface
		private interface Invocation {

			@Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable;

		}

	}

}
