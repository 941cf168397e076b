package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.store.KnownPayments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.mockito.ArgumentCaptor;
import org.mockito.ArgumentMatchers;

import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.PreparedStatementSetter;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OwnEvents} and {@link InboxOverview} with PostgreSQL.
 */
class OwnEventsTests {

	private final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final JdbcCustomization customization = new AutodetectJdbcCustomization(this.dataSource);

	private final InboxTable table = new InboxTable(this.jdbc, this.customization, TestInbox.TABLE);

	@BeforeEach
	void createTable() {
		TestTables.create(this.dataSource);
	}

	private static StoredEvent payment(String reference) {
		byte[] body = """
				{"topic": "buygoods_transaction_received", "id": "e", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "%s"}}}""".formatted(reference).getBytes(StandardCharsets.UTF_8);
		return new StoredEvent("default", "buygoods_transaction_received", "e", Instant.EPOCH, body, false);
	}

	private InboxClient clientOfOwnScheduler() {
		OneTimeTask<String> task = Tasks.oneTime(InboxTask.NAME, String.class).execute((instance, context) -> {
		});
		Scheduler scheduler = TestHelper.createManualScheduler(this.dataSource, task)
			.serializer(new TextSerializer())
			.build();
		return new InboxClient(scheduler, new InboxRows(this.table, this.dataSource, null, false), this.dataSource,
				Clock.systemUTC());
	}

	/**
	 * The serializer of an application's own scheduler is not known.
	 */
	@Test
	void findsWaitingPaymentThatOwnSchedulerOfApplicationHasStored() {
		InboxClient client = clientOfOwnScheduler();
		client.insert(Map.of("key", payment("SK1")), () -> {
		});
		KnownPayments known = new OwnEvents(this.table, new RowReader(null, client), client, Clock.systemUTC())
			.waitingPayments("default", List.of("SK1"));
		assertThat(known.include("SK1")).isTrue();
	}

	@Test
	void showsEventsThatOwnSchedulerOfApplicationHasStored() {
		InboxClient client = clientOfOwnScheduler();
		client.insert(Map.of("waiting", payment("SK1"), "parked", payment("SK2")), () -> {
		});
		this.jdbc.update("UPDATE k2_task SET execution_time = ? WHERE task_instance = 'parked'",
				Timestamp.from(InboxTable.PARKED));
		InboxOverview overview = new InboxOverview(this.table, new RowReader(null, client));
		assertThat(overview.state()).isEqualTo(new K2Inbox.State(1, Instant.EPOCH, 1));
		assertThat(overview.parked(10)).singleElement().satisfies((event) -> {
			assertThat(event.account()).isEqualTo("default");
			assertThat(event.kind()).isEqualTo("buygoods_transaction_received");
			assertThat(event.receivedAt()).isEqualTo(Instant.EPOCH);
		});
	}

	private OwnEvents ownEvents() {
		OneTimeTask<String> task = Tasks.oneTime(InboxTask.NAME, String.class).execute((instance, context) -> {
		});
		Scheduler scheduler = TestHelper
			.createManualScheduler(new TransactionAwareDataSourceProxy(this.dataSource), task)
			.build();
		return TestInbox.ownEvents(this.dataSource, this.customization, scheduler, Clock.systemUTC());
	}

	private static Map<String, List<PolledTransaction>> missedPayments(int count) {
		return Map.of(KnownPayments.MISSED_PAYMENT,
				IntStream.range(0, count)
					.mapToObj((i) -> PolledTransaction.from(JsonObject.parse("""
							{"type": "Buygoods Transaction", "resource": {"reference": "SK%s"}}""".formatted(i)
						.getBytes(StandardCharsets.UTF_8))))
					.toList());
	}

	/**
	 * The events are looked for in parts.
	 */
	@ParameterizedTest
	@ValueSource(ints = { 0, 1, 300, 301 })
	void storesOnlyEventsThatAreNotStoredYet(int count) {
		OwnEvents events = ownEvents();
		AtomicInteger changes = new AtomicInteger();
		events.store("default", missedPayments(count), changes::incrementAndGet);
		assertThat(this.table.waiting()).isEqualTo(count);
		events.store("default", missedPayments(count + 1), changes::incrementAndGet);
		assertThat(this.table.waiting()).isEqualTo(count + 1);
		assertThat(changes).hasValue(2);
	}

	@Test
	void storesEventsAfterConflicts() {
		AtomicInteger conflicts = new AtomicInteger();
		ownEvents().store("default", missedPayments(2), () -> {
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
			.isThrownBy(() -> ownEvents().store("default", missedPayments(2), () -> {
				failures.incrementAndGet();
				throw new DuplicateKeyException("Failed");
			}));
		assertThat(failures).hasValue(3);
		assertThat(this.table.waiting()).isZero();
	}

	/**
	 * The plan for a page of 100,000 events that PostgreSQL has not analyzed yet.
	 */
	@Test
	void readsPageWithoutSortingTheWholeInbox() {
		this.jdbc.update("""
				INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, version)
				SELECT 'k2-inbox', md5(CAST(x AS VARCHAR)), ?, now(), false, 1 FROM generate_series(1, 100000) AS x""",
				Serializer.DEFAULT_JAVA_SERIALIZER.serialize(payment("SK1").write()));
		String plan = String.join("\n",
				this.jdbc.queryForList("EXPLAIN " + sqlOfPage(), String.class, InboxTask.NAME, ""));
		assertThat(plan).contains("Index Scan").doesNotContain("Sort").doesNotContain("Seq Scan");
	}

	private String sqlOfPage() {
		JdbcTemplate recorder = mock();
		new InboxTable(recorder, this.customization, TestInbox.TABLE).page("", 100);
		ArgumentCaptor<String> sql = ArgumentCaptor.captor();
		then(recorder).should()
			.query(sql.capture(), any(PreparedStatementSetter.class), ArgumentMatchers.<RowMapper<Object>>any());
		return sql.getValue();
	}

}
