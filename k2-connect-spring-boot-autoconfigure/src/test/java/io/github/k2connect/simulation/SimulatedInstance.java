package io.github.k2connect.simulation;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.K2Location;
import io.github.k2connect.Ticker;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.TestAccounts;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.IdempotencyKey;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.followup.TestFollowUp;
import io.github.k2connect.idempotency.RequestWriter;
import io.github.k2connect.idempotency.StartedRequestRecorder;
import io.github.k2connect.idempotency.TestRequests;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.reconciliation.TestReconciliation;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.ManualK2Scheduler;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.simulation.SimulatedDatabase.Row;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.endpoint.Endpoints;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.TestInbox;
import io.github.k2connect.webhook.listener.ListenerPublisher;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.annotation.Isolation;

/**
 * An instance of an application: the library's own classes, wired as its
 * auto-configuration does. When a constructor changes, this is the only place to change.
 */
final class SimulatedInstance {

	static final int MAX_ATTEMPTS = 4;

	static final Duration GIVE_UP_AFTER = Duration.ofHours(2);

	static final Duration CALL_TIMEOUT = Duration.ofSeconds(45);

	/**
	 * After how long a request that was sent does not arrive any more.
	 */
	static final Duration LONGEST_TIME_ON_THE_WAY = Duration.ofSeconds(35);

	/**
	 * After how long another instance declares an execution dead.
	 */
	static final Duration DEAD_AFTER = Duration.ofSeconds(48);

	/**
	 * How many events an instance handles at a time. Half as many calls run beside them.
	 */
	private static final int THREADS = 2;

	/**
	 * Whoever waits, waits for something that this thread holds.
	 */
	private static final Duration NO_WAIT = Duration.ofMillis(1);

	private static final Duration RETENTION = Duration.ofDays(90);

	/**
	 * Keys are not forgotten in the time of a world.
	 */
	private static final Duration KEY_RETENTION = Duration.ofDays(10_000);

	private static final List<Duration> PAUSES = List.of(Duration.ZERO, Duration.ofSeconds(10), Duration.ofSeconds(30),
			Duration.ofMinutes(1));

	private static final K2ClientSettings CLIENT_SETTINGS = new K2ClientSettings(URI.create(SimulatedKopoKopo.ORIGIN),
			ApiVersion.V1, URI.create("https://duka.example/k2/webhooks"), Duration.ofSeconds(5),
			Duration.ofSeconds(30), CALL_TIMEOUT, 1);

	private static final K2ClientFactory CLIENTS = SimulatedHttp.clients(CLIENT_SETTINGS);

	final String name;

	final Settings settings;

	final InstanceClock clock;

	private final World world;

	private final FaultyDataSource dataSource;

	private final SameThreadExecutor thread = new SameThreadExecutor();

	private final ListenerPublisher listeners;

	private final JdbcEventStore store;

	private final K2Accounts accounts;

	private final EventDispatcher dispatcher;

	private final Endpoints.Receiving endpoint;

	private final Map<String, ApiClient> clients;

	private @Nullable EventReceiver receiver;

	private @Nullable ManualK2Scheduler scheduler;

	private @Nullable TestFollowUp followUp;

	private @Nullable CountedTask followUps;

	private @Nullable StartedRequestListener started;

	private @Nullable K2IdempotencyKeys keys;

	private @Nullable K2Inbox inbox;

	private @Nullable StartedPayment starting;

	private boolean executing;

	private int interruptions;

	private int excuses;

	SimulatedInstance(String name, Settings settings, World world) {
		this.name = name;
		this.settings = settings;
		this.world = world;
		this.clock = new InstanceClock(world::time);
		Clock clock = this.clock.toClock();
		this.dataSource = new FaultyDataSource(world.database(), settings.autoCommit(), settings.isolation(),
				world::time, (operation) -> world.interrupt(this, operation));
		this.listeners = new ListenerPublisher(new SimulatedListener(world, this.dataSource)::onEvent);
		this.store = new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource), "k2_event",
				RETENTION, NO_WAIT, clock, passingTicker());
		this.store.dialect();
		this.accounts = TestAccounts.of(world.accounts(), () -> CLIENTS, 10, SimulatedAccounts.TTL,
				this.clock.toTicker());
		this.dispatcher = new EventDispatcher(this.listeners::publish, this.store, UnaryOperator.identity(),
				(event) -> {
					if (this.followUp != null) {
						this.followUp.handled(event);
					}
				}, (account) -> account, ObservationRegistry.NOOP);
		connect(clock);
		this.endpoint = Endpoints.create(
				TestAccounts.parsers(this.accounts,
						new WebhookParser(new SignatureVerifier(SimulatedAccounts.DEFAULT_KEY, List.of()))),
				receiver(), this.clock.toTicker());
		K2ClientFactory factory = CLIENTS.notifying(Objects.requireNonNull(this.started));
		ClientHttpRequestInterceptor kopoKopo = SimulatedHttp.to(this::pauseBeforeSending,
				(request, body) -> world.kopoKopo().respond(this, this.starting, request, body));
		this.clients = Map.of(SimulatedAccounts.DEFAULT, ApiClient.of(factory.create(kopoKopo)),
				SimulatedAccounts.SOURCED,
				ApiClient.of(factory.forAccount(SimulatedAccounts.SOURCED, "other", CLIENT_SETTINGS).create(kopoKopo)));
	}

	/**
	 * Return a ticker that is later each time, so that whoever waits gives up.
	 */
	private Ticker passingTicker() {
		Ticker ticker = this.clock.toTicker();
		AtomicLong passed = new AtomicLong();
		return () -> ticker.tick() + passed.addAndGet(NO_WAIT.toNanos() + 1);
	}

	/**
	 * Connect the inbox and the follow-up to a scheduler, as far as they are used.
	 */
	private void connect(Clock clock) {
		K2Database database = new K2Database(this.dataSource, "k2_");
		TaskTable table = new TaskTable(database);
		TestInbox inbox = new TestInbox(MAX_ATTEMPTS, this.world.has(Fault.INBOX_LIMITED) ? 2L : null);
		List<K2Task> tasks = new ArrayList<>();
		this.receiver = Receivers.direct(this.dispatcher, 2, NO_WAIT);
		if (this.settings.inbox()) {
			this.receiver = inbox.receiver(this.store, table, clock, this.clock.toTicker());
		}
		if (this.settings.inbox() || this.settings.followUp()) {
			this.inbox = TestInbox.inbox(table, this.store, clock);
			tasks.add(new MortalTask(inbox.task(this.dispatcher, this.store, table, delays(clock)), this.world));
		}
		if (this.settings.followUp()) {
			TestFollowUp followUp = new TestFollowUp(GIVE_UP_AFTER, CALL_TIMEOUT, database, this.thread, delays(clock),
					requestSettings(clock));
			this.followUp = followUp;
			this.followUps = new CountedTask(followUp.task(this::client, receiver(), TestInbox.ownEvents(table, clock)),
					() -> this.interruptions);
			tasks.add(this.followUps);
		}
		RequestWriter<?> requests = (this.followUp != null) ? this.followUp.writer()
				: TestRequests.writer(database, requestSettings(clock), this.thread);
		this.started = new StartedRequestRecorder<>(requests, this.clock.toTicker(), clock);
		this.keys = TestRequests.keys(database, requests, clock);
		if (reconciles()) {
			TestReconciliation reconciliation = new TestReconciliation(SimulatedTill.NUMBER,
					(account) -> new PollingService(client(account)), this.world::time, this.store,
					TestInbox.ownEvents(table, clock), table, delays(clock));
			tasks.add(reconciliation.task());
			reconciliation.schedule();
			this.world.kopoKopo().till().configure();
		}
		if (!tasks.isEmpty()) {
			this.scheduler = new ManualK2Scheduler(table, this.world.nextDeployment() + this.name,
					this.settings.handOver(), this.clock, this.clock.toTicker(), THREADS, tasks, delays(clock));
		}
	}

	private boolean reconciles() {
		return this.settings.inbox() && this.world.has(Fault.POLLS_NEVER_ANSWERED);
	}

	private Delays delays(Clock clock) {
		return new Delays(clock, this.world.random().split());
	}

	private EventReceiver receiver() {
		return Objects.requireNonNull(this.receiver);
	}

	/**
	 * Return the client of an account for a status request. Its settings are looked up as
	 * {@link K2Accounts} does.
	 */
	private ApiClient client(String account) {
		if (account.equals(SimulatedAccounts.SOURCED)) {
			this.accounts.get(account);
		}
		return Objects.requireNonNull(this.clients.get(account));
	}

	private RequestWriter.Settings requestSettings(Clock clock) {
		return TestRequests.settings(KEY_RETENTION, clock, this.clock.toTicker());
	}

	/**
	 * Be paused before a request is sent, now and then, while other things happen.
	 */
	private void pauseBeforeSending() {
		StartedPayment payment = this.starting;
		if (payment != null && payment.key != null && this.world.happens(Fault.PAUSED_BEFORE_SENDING, 3)) {
			this.world.say(payment + " is paused before it is sent");
			for (int i = 0; i < 3; i++) {
				this.world.spend(this, this.world.pick(PAUSES));
			}
			this.starting = payment;
		}
	}

	/**
	 * Start everything that the constructor leaves out: whatever may call listeners.
	 */
	void start() {
		if (this.scheduler != null) {
			this.scheduler.start();
		}
	}

	/**
	 * Stop what {@link #start()} started. What was picked before is still executed.
	 */
	void stopScheduler() {
		if (this.scheduler != null) {
			this.excuses++;
			this.scheduler.stop();
		}
	}

	/**
	 * Shut down.
	 */
	void stop() {
		stopScheduler();
		this.listeners.stop();
		this.dataSource.close();
	}

	/**
	 * Crash. Whatever this thread is doing in the instance has no effect any more.
	 */
	void crash() {
		this.dataSource.close();
	}

	boolean isGone() {
		return this.dataSource.isClosed();
	}

	/**
	 * Receive a message.
	 * @return the status of the response
	 */
	int receive(Message message, String signature) {
		return this.endpoint.receive(message.account(), message.body(), signature);
	}

	/**
	 * Start a payment at Kopo Kopo.
	 */
	K2Location startPayment(StartedPayment payment) {
		StartedPayment outer = this.starting;
		this.starting = payment;
		try {
			IdempotencyKey key = (payment.key != null) ? TestRequests.key(payment.key, "incoming_payment") : null;
			return Objects.requireNonNull(this.clients.get(payment.account))
				.create("incoming_payments", new JsonBody(), key);
		}
		finally {
			this.starting = outer;
		}
	}

	K2IdempotencyKeys keys() {
		return Objects.requireNonNull(this.keys);
	}

	void executeDue() {
		if (this.scheduler != null) {
			boolean outer = this.executing;
			this.executing = true;
			try {
				this.thread.runDelayed();
				this.excuses += this.scheduler.isRunning() ? 0 : 1;
				this.scheduler.executeDue();
			}
			finally {
				this.executing = outer;
			}
		}
	}

	/**
	 * Return the keys of the events that wait in memory.
	 */
	List<String> waiting() {
		return (this.scheduler != null) ? this.scheduler.waiting() : List.of();
	}

	/**
	 * Lose the events that wait in memory.
	 */
	void loseWaiting() {
		if (this.scheduler != null) {
			this.excuses++;
			this.scheduler.loseWaiting();
		}
	}

	/**
	 * Return whether this instance has picked a row since its last start.
	 */
	boolean holds(Row row) {
		return this.scheduler != null && this.scheduler.holder().equals(row.holder());
	}

	boolean isExecuting() {
		return this.executing;
	}

	void detectDead() {
		if (this.scheduler != null) {
			this.scheduler.detectDead();
		}
	}

	void retryParked() {
		if (this.inbox != null) {
			this.inbox.retryAll();
		}
	}

	/**
	 * Record that an operation on the database was interrupted.
	 */
	void interrupted(String operation, Interruption interruption) {
		this.interruptions++;
		boolean excused = !ManualK2Scheduler.isPoll(operation) || interruption == Interruption.ANSWER_LOST;
		this.excuses += excused ? 1 : 0;
	}

	/**
	 * Return how often something happened after which a row may stay picked. A poll of a
	 * scheduler that runs is no such thing, whether it fails or not, unless its answer is
	 * lost: then the instance does not know what it has picked.
	 */
	int excuses() {
		return this.excuses;
	}

	int interruptions() {
		return this.interruptions;
	}

	/**
	 * Return how many follow-ups the instance has executed without an interruption.
	 */
	int undisturbedFollowUps() {
		return (this.followUps != null) ? this.followUps.undisturbed() : 0;
	}

	@Override
	public String toString() {
		return this.name;
	}

	/**
	 * The settings of an instance.
	 *
	 * @param inbox whether it stores messages before it handles them
	 * @param followUp whether it follows up what it starts
	 * @param autoCommit the auto-commit mode of its connection pool
	 * @param isolation the isolation of its transactions
	 * @param handOver whether it executes without a poll what it has inserted
	 */
	record Settings(boolean inbox, boolean followUp, boolean autoCommit, Isolation isolation, boolean handOver) {

		static Settings all(boolean handOver) {
			return new Settings(true, true, true, Isolation.READ_COMMITTED, handOver);
		}

		Settings withIsolation(Isolation isolation) {
			return new Settings(this.inbox, this.followUp, this.autoCommit, isolation, this.handOver);
		}

		boolean runsAllTasks() {
			return this.inbox && this.followUp;
		}

	}

}
