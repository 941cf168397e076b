package io.github.k2connect.reconciliation;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.Ticker;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener.NewRequest;
import io.github.k2connect.client.StartedRequestListener.StartedRequest;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.reconciliation.PollingKopoKopo.Transaction;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.MovedClock;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TestScheduler;
import io.github.k2connect.simulation.SimulatedHttp;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.inbox.TestInbox;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.h2.jdbcx.JdbcDataSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * A shop with a database, whose time a test moves, and with several instances.
 */
final class Shop implements AutoCloseable {

	/**
	 * How many failed attempts park an event.
	 */
	static final int MAX_ATTEMPTS = 3;

	static final Till TILL = new Till("default", "112233");

	static final String WITHOUT_CLIENT = "without-client";

	final DataSource dataSource;

	final JdbcClient jdbc;

	/**
	 * The time of the database.
	 */
	final SettableClock time = new SettableClock();

	/**
	 * Whether the database refuses connections.
	 */
	volatile boolean away;

	/**
	 * How many more times a listener fails.
	 */
	final AtomicInteger failures = new AtomicInteger();

	/**
	 * What was counted, as account, kind and number.
	 */
	final List<String> counted = new CopyOnWriteArrayList<>();

	/**
	 * The requests that would be followed up.
	 */
	final List<String> followedUp = new CopyOnWriteArrayList<>();

	/**
	 * The time between two checks of instances that are started.
	 */
	Duration interval = Duration.ofMinutes(15);

	/**
	 * How long before their start the tills of instances were first configured.
	 */
	Duration configuredFor = Duration.ofDays(400);

	private final PollingKopoKopo kopoKopo;

	private final HikariDataSource pool = new HikariDataSource();

	Shop(String database, PollingKopoKopo kopoKopo) {
		this.kopoKopo = kopoKopo;
		this.pool.setDataSource(database.equals("h2") ? h2() : PostgresqlServer.createDataSource());
		this.pool.setMinimumIdle(1);
		this.dataSource = new DelegatingDataSource(this.pool) {

			@Override
			public Connection getConnection() throws SQLException {
				if (Shop.this.away) {
					throw new SQLTransientConnectionException("The database is away");
				}
				return super.getConnection();
			}

		};
		TestTables.create(this.dataSource);
		this.jdbc = JdbcClient.create(this.dataSource);
		this.jdbc.sql("CREATE TABLE effect (event VARCHAR(200) NOT NULL)").update();
		this.time.set(Instant.now());
	}

	private static DataSource h2() {
		JdbcDataSource h2 = new JdbcDataSource();
		h2.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		return h2;
	}

	Instant now() {
		return this.time.now();
	}

	/**
	 * Return a payment to {@link #TILL} that was received some time ago.
	 */
	Transaction payment(String reference, Duration age) {
		return Transaction.received("112233", reference, now().minus(age));
	}

	List<String> effects() {
		return this.jdbc.sql("SELECT event FROM effect").query((row, number) -> row.getString(1)).list();
	}

	Instance instance(Till... tills) {
		return instance(Duration.ZERO, tills);
	}

	/**
	 * Start an instance.
	 * @param ahead how far its clock is ahead of the database's
	 * @param tills its tills, one by default
	 */
	Instance instance(Duration ahead, Till... tills) {
		return new Instance(ahead, (tills.length > 0) ? List.of(tills) : List.of(TILL));
	}

	/**
	 * Let time pass, in steps.
	 */
	void pass(Duration duration, Duration step, Instance... instances) {
		for (Instant end = now().plus(duration); now().isBefore(end);) {
			this.time.tick(step);
			for (Instance instance : instances) {
				instance.run();
			}
		}
	}

	/**
	 * Let time pass, from one execution to the next.
	 */
	void pass(Duration duration, Instance... instances) {
		TestScheduler.pass(duration, this.time,
				() -> this.away ? now().plusSeconds(10) : TestScheduler.nextExecution(this.dataSource), () -> {
					for (Instance instance : instances) {
						instance.run();
					}
				});
	}

	@Override
	public void close() {
		this.pool.close();
	}

	/**
	 * An instance of the application.
	 */
	final class Instance {

		final JdbcEventStore store;

		final EventDispatcher dispatcher;

		final EventReceiver inboxReceiver;

		final OwnEvents ownEvents;

		final K2Inbox inbox;

		final K2Reconciliation reconciliation;

		private final Duration ahead;

		private final SettableClock clock = new SettableClock();

		private final ManualScheduler scheduler;

		private Instance(Duration ahead, List<Till> tills) {
			this.ahead = ahead;
			this.clock.set(now().plus(ahead));
			Clock moved = new MovedClock(this.clock);
			TaskTable table = new TaskTable(TestTables.of(Shop.this.dataSource));
			Delays delays = TestScheduler.delays(moved);
			this.store = new JdbcEventStore(Shop.this.dataSource, new JdbcTransactionManager(Shop.this.dataSource),
					"k2_event", Duration.ofDays(90), Duration.ofSeconds(20), moved);
			this.dispatcher = new EventDispatcher(this::listen, this.store);
			TestInbox testInbox = new TestInbox(MAX_ATTEMPTS, null);
			this.ownEvents = TestInbox.ownEvents(table, moved);
			this.inbox = TestInbox.inbox(table, this.store, moved);
			this.inboxReceiver = testInbox.receiver(this.store, table, moved, Ticker.SYSTEM);
			PollingService polling = new PollingService(SimulatedHttp
				.clients(new K2ClientSettings(K2ClientSettings.SANDBOX, ApiVersion.V1,
						URI.create("https://duka.example/k2/webhooks"), Duration.ofSeconds(5), Duration.ofSeconds(30),
						Duration.ofSeconds(45), 1))
				.notifying(this::begin)
				.create(SimulatedHttp.to(Shop.this.kopoKopo)));
			ReconciliationTask task = new ReconciliationTask(tills,
					new ReconciliationProperties(List.of(), false, Shop.this.interval, Duration.ofMinutes(10),
							Duration.ofDays(3)),
					(account) -> polling(account, polling), Shop.this::now, this.store, this.ownEvents,
					(account, kind, count) -> Shop.this.counted.add(account + " " + kind + " " + count), table, delays);
			this.scheduler = TestScheduler.manual(table.database(), this.clock,
					testInbox.task(this.dispatcher, this.store, table, delays), task);
			this.reconciliation = new K2Reconciliation(tills, table, this.store, (account) -> {
			});
			Instant configured = now().minus(Shop.this.configuredFor);
			tills.forEach((till) -> table.insertIfAbsent(new NewRow(ReconciliationTask.NAME, till.key(),
					TillCheck.since(till, configured).write(), null, now())));
			task.started();
		}

		private static PollingService polling(String account, PollingService polling) {
			if (account.equals(WITHOUT_CLIENT)) {
				throw new IllegalStateException("The account has no client id");
			}
			return polling;
		}

		private StartedRequest begin(NewRequest request) {
			Shop.this.followedUp.add(request.resource());
			return StartedRequest.IGNORED;
		}

		private void listen(Object event) {
			String effect = (event instanceof MissedTillPayment missed)
					? "payment " + missed.account() + " " + missed.reference()
					: (event instanceof MissedTillReversal missed)
							? "reversal " + missed.account() + " " + missed.reference()
							: event.getClass().getSimpleName();
			Shop.this.jdbc.sql("INSERT INTO effect (event) VALUES (?)").param(effect).update();
			if (Shop.this.failures.getAndUpdate((left) -> Math.max(0, left - 1)) > 0) {
				throw new IllegalStateException("The listener failed");
			}
		}

		/**
		 * Return its first till.
		 */
		ReconciledTill till() {
			return this.reconciliation.tills().get(0);
		}

		/**
		 * Run what is due, and what an instance has left.
		 */
		void run() {
			this.clock.set(now().plus(this.ahead));
			try {
				this.scheduler.runDeadExecutionDetection();
				this.scheduler.runAnyDueExecutions();
			}
			catch (RuntimeException ex) {
				if (!Shop.this.away) {
					throw ex;
				}
			}
		}

		/**
		 * Receive a message in direct mode.
		 */
		void receive(String account, String message) {
			this.dispatcher.dispatch(received(account, message), () -> {
			});
		}

		/**
		 * Store a message in inbox mode.
		 */
		void store(String account, String message) {
			this.inboxReceiver.receive(received(account, message), Duration.ZERO, () -> {
			});
		}

		private ReceivedEvent received(String account, String message) {
			return ReceivedEvent.decode(message.getBytes(StandardCharsets.UTF_8), account);
		}

	}

	static String webhook(String topic, String reference) {
		return """
				{"topic": "%s", "id": "%s", "event": {"type": "Buygoods Transaction", "resource":
				{"reference": "%s", "status": "Received"}}}""".formatted(topic, UUID.randomUUID(), reference);
	}

}
