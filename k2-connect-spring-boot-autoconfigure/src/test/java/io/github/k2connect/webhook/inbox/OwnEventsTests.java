package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.serializer.Serializer;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.webhook.store.KnownPayments;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.mockito.ArgumentCaptor;
import org.mockito.ArgumentMatchers;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.BDDMockito.then;
import static org.mockito.Mockito.mock;

/**
 * Tests for {@link OwnEvents} with PostgreSQL.
 */
class OwnEventsTests {

	private final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);

	private final JdbcCustomization customization = new AutodetectJdbcCustomization(this.dataSource);

	private final InboxTable table = new InboxTable(this.jdbc, this.customization, TestInbox.TABLE);

	@BeforeEach
	void createTable() {
		new ResourceDatabasePopulator(new ClassPathResource("io/github/k2connect/scheduling/schema-postgresql.sql"))
			.execute(this.dataSource);
	}

	private static StoredEvent payment(String reference) {
		byte[] body = """
				{"topic": "buygoods_transaction_received", "id": "e", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "%s"}}}""".formatted(reference).getBytes(StandardCharsets.UTF_8);
		return new StoredEvent("default", "buygoods_transaction_received", "e", Instant.EPOCH, body, false);
	}

	/**
	 * The serializer of an application's own scheduler is not known.
	 */
	@Test
	void findsWaitingPaymentThatOwnSchedulerOfApplicationHasStored() {
		OneTimeTask<String> task = Tasks.oneTime(InboxTask.NAME, String.class).execute((instance, context) -> {
		});
		Scheduler scheduler = TestHelper.createManualScheduler(this.dataSource, task).serializer(new Text()).build();
		InboxClient client = new InboxClient(scheduler, new InboxRows(this.table, this.dataSource, null, false),
				this.dataSource, Clock.systemUTC());
		client.insert(Map.of("key", payment("SK1")), () -> {
		});
		KnownPayments known = new OwnEvents(this.table, null, client, Clock.systemUTC()).waitingPayments("default",
				List.of("SK1"));
		assertThat(known.include("SK1")).isTrue();
	}

	/**
	 * The plan for a page of 100,000 events that PostgreSQL has not analyzed yet.
	 */
	@Test
	void readsPageWithoutSortingTheWholeInbox() {
		this.jdbc.update("""
				INSERT INTO scheduled_tasks (task_name, task_instance, task_data, execution_time, picked, version)
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
		then(recorder).should().query(sql.capture(), ArgumentMatchers.<RowMapper<Object>>any(), any(Object[].class));
		return sql.getValue();
	}

	/**
	 * Serializer of an application.
	 */
	private static final class Text implements Serializer {

		@Override
		public byte[] serialize(Object data) {
			return data.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public <T> T deserialize(Class<T> type, byte[] data) {
			return type.cast(new String(data, StandardCharsets.UTF_8));
		}

	}

}
