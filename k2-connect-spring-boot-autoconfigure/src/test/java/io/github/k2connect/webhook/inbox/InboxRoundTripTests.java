package io.github.k2connect.webhook.inbox;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the round trips to PostgreSQL in inbox mode.
 */
class InboxRoundTripTests {

	private static final String POLL = "WITH k2_task";

	private static final String RECEIVE = "INSERT k2_task";

	private static final String RECORD = "INSERT k2_event";

	private static final String REMOVE = "DELETE k2_task";

	private static final String COMMIT = "commit";

	private final HikariDataSource pool = new HikariDataSource();

	private final RecordingDataSource dataSource = new RecordingDataSource(this.pool);

	private final SettableClock time = new SettableClock();

	private final TestInbox inbox = new TestInbox(4, null);

	private Runnable listener = () -> {
	};

	@SuppressWarnings("NullAway.Init")
	private EventReceiver receiver;

	@SuppressWarnings("NullAway.Init")
	private ManualScheduler scheduler;

	@BeforeEach
	void setUp() {
		this.pool.setDataSource(PostgresqlServer.createDataSource());
		this.pool.setMaximumPoolSize(3);
		this.time.set(Instant.now().plusSeconds(60));
	}

	@AfterEach
	void closePool() {
		this.pool.close();
	}

	private void start() {
		TestTables.create(this.dataSource);
		JdbcEventStore store = new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource),
				"k2_event", Duration.ofDays(90), Duration.ofSeconds(5), Clock.systemUTC());
		EventDispatcher dispatcher = new EventDispatcher((event) -> this.listener.run(), store);
		TaskTable table = new TaskTable(TestTables.of(this.dataSource));
		this.scheduler = TestScheduler.manual(table.database(), this.time,
				this.inbox.task(dispatcher, store, table, Delays.SYSTEM));
		this.receiver = this.inbox.receiver(store, table, Clock.systemUTC(), Ticker.SYSTEM);
		assertThat(receive("first")).isEqualTo(Reception.ACCEPTED);
		this.scheduler.runAnyDueExecutions();
		this.dataSource.clear();
	}

	private Reception receive(String id) {
		byte[] body = "{\"id\":\"%s\",\"topic\":\"customer_created\"}".formatted(id).getBytes(StandardCharsets.UTF_8);
		return this.receiver.receive(ReceivedEvent.decode(body, "default"), Duration.ZERO, () -> {
		});
	}

	private List<String> whileHandling() {
		this.dataSource.clear();
		this.scheduler.runAnyDueExecutions();
		return this.dataSource.roundTrips();
	}

	private long rows() {
		return JdbcClient.create(this.pool).sql("SELECT COUNT(*) FROM k2_task").query(Long.class).single();
	}

	@Test
	void receivesEventInOne() {
		start();
		assertThat(receive("1")).isEqualTo(Reception.ACCEPTED);
		assertThat(this.dataSource.roundTrips()).containsExactly(RECEIVE);
		assertThat(rows()).isOne();
	}

	@Test
	void commitsEventWhereStatementsDoNot() {
		this.pool.setAutoCommit(false);
		start();
		assertThat(receive("1")).isEqualTo(Reception.ACCEPTED);
		assertThat(this.dataSource.roundTrips()).containsExactly(RECEIVE, COMMIT);
		assertThat(rows()).isOne();
	}

	@Test
	void receivesDuplicateInOne() {
		start();
		receive("1");
		this.dataSource.clear();
		assertThat(receive("1")).isEqualTo(Reception.DUPLICATE);
		assertThat(receive("first")).isEqualTo(Reception.DUPLICATE);
		assertThat(this.dataSource.roundTrips()).containsExactly(RECEIVE, RECEIVE);
		assertThat(rows()).isOne();
	}

	@Test
	void handlesEventInFour() {
		start();
		receive("1");
		assertThat(whileHandling()).containsExactly(POLL, RECORD, REMOVE, COMMIT);
		assertThat(rows()).isZero();
	}

	@Test
	void keepsEventWhoseListenerFails() {
		start();
		receive("1");
		this.listener = () -> {
			throw new IllegalStateException("The listener failed");
		};
		assertThat(whileHandling()).containsExactly(POLL, RECORD, "rollback", "UPDATE k2_task");
		assertThat(rows()).isOne();
	}

	/**
	 * The heartbeat changes the row after the transaction has begun, so the transaction
	 * could not remove the row.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "TRANSACTION_REPEATABLE_READ", "TRANSACTION_SERIALIZABLE" })
	void removesEventAfterCommitAtOtherIsolation(String isolation) {
		this.pool.setTransactionIsolation(isolation);
		start();
		receive("1");
		this.listener = () -> JdbcClient.create(this.pool).sql("UPDATE k2_task SET last_heartbeat = now()").update();
		assertThat(whileHandling()).containsExactly(POLL, RECORD, "SELECT k2_event", COMMIT, REMOVE);
		assertThat(rows()).isZero();
	}

	@Test
	void removesEventWithHeartbeatWhileItsListenerRan() {
		start();
		receive("1");
		this.listener = () -> JdbcClient.create(this.pool).sql("UPDATE k2_task SET last_heartbeat = now()").update();
		assertThat(whileHandling()).containsExactly(POLL, RECORD, REMOVE, COMMIT);
		assertThat(rows()).isZero();
	}

}
