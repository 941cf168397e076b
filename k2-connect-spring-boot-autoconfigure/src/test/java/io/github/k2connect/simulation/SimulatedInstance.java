package io.github.k2connect.simulation;

import java.io.IOException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

import com.github.kagkarlsson.scheduler.event.ExecutionChain;
import com.github.kagkarlsson.scheduler.jdbc.AutodetectJdbcCustomization;
import com.github.kagkarlsson.scheduler.jdbc.JdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.TestHelper;
import io.github.k2connect.Ticker;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.account.TestAccounts;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.client.StartedRequestListener;
import io.github.k2connect.followup.TestFollowUp;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.TestExecutions;
import io.github.k2connect.webhook.Endpoints;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.TestInbox;
import io.github.k2connect.webhook.listener.ListenerPublisher;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpRequest;
import org.springframework.http.client.ClientHttpRequestExecution;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;

/**
 * An instance of an application: the library's own classes, wired as its
 * auto-configuration does. When a constructor changes, this is the only place to change.
 */
final class SimulatedInstance {

	static final int MAX_ATTEMPTS = 4;

	static final Duration GIVE_UP_AFTER = Duration.ofHours(2);

	/**
	 * After how long another instance declares an execution dead.
	 */
	static final Duration DEAD_AFTER = Duration.ofSeconds(48);

	private static final Duration ROWS_KEPT_FOR = Duration.ofDays(36_500);

	private static final Duration HEARTBEAT = Duration.ofSeconds(8);

	/**
	 * Whoever waits, waits for something that this thread holds.
	 */
	private static final Duration NO_WAIT = Duration.ofMillis(1);

	private static final Duration RETENTION = Duration.ofDays(90);

	private static final K2ClientSettings CLIENT_SETTINGS = new K2ClientSettings(URI.create(SimulatedKopoKopo.ORIGIN),
			ApiVersion.V1, null, Duration.ofSeconds(5), Duration.ofSeconds(30), Duration.ofSeconds(45), 1);

	private static final K2ClientFactory CLIENTS = new K2ClientFactory(CLIENT_SETTINGS);

	final String name;

	final Settings settings;

	final InstanceClock clock;

	private final World world;

	private final FaultyDataSource dataSource;

	private final SmartLifecycle lifecycle = TestExecutions.lifecycle(NO_WAIT);

	private final SameThreadExecutor thread = new SameThreadExecutor();

	private final ListenerPublisher listeners;

	private final JdbcEventStore store;

	private final K2Accounts accounts;

	private final EventDispatcher dispatcher;

	private final Endpoints.Receiving endpoint;

	private final Map<String, K2Client> clients;

	private @Nullable EventReceiver receiver;

	private @Nullable ManualScheduler scheduler;

	private @Nullable TestFollowUp followUp;

	private StartedRequestListener started = StartedRequestListener.none();

	private @Nullable K2Inbox inbox;

	private @Nullable StartedPayment starting;

	private boolean executing;

	private int interruptions;

	private int undisturbedFollowUps;

	SimulatedInstance(String name, Settings settings, World world) {
		this.name = name;
		this.settings = settings;
		this.world = world;
		this.clock = new InstanceClock(world::time);
		Clock clock = this.clock.toClock();
		this.dataSource = new FaultyDataSource(world.database(), settings.autoCommit(),
				(operation) -> world.interrupt(this, operation));
		this.listeners = new ListenerPublisher(new SimulatedListener(world, this.dataSource)::onEvent);
		this.store = new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource), "k2_event",
				RETENTION, NO_WAIT, clock, passingTicker());
		this.accounts = TestAccounts.of(world.accounts(), () -> CLIENTS, 10, SimulatedAccounts.TTL,
				this.clock.toTicker());
		this.dispatcher = new EventDispatcher(this.listeners::publish, this.store, (event) -> {
			if (this.followUp != null) {
				this.followUp.handled(event);
			}
		}, (account) -> account, ObservationRegistry.NOOP);
		connect(clock);
		this.endpoint = Endpoints.create(
				TestAccounts.parsers(this.accounts,
						new WebhookParser(new SignatureVerifier(SimulatedAccounts.DEFAULT_KEY, List.of()))),
				receiver(), this.clock.toTicker());
		K2ClientFactory factory = CLIENTS.notifying(this.started);
		this.clients = Map.of(SimulatedAccounts.DEFAULT, factory.create(this::send), SimulatedAccounts.SOURCED,
				factory.forAccount(SimulatedAccounts.SOURCED, "other", CLIENT_SETTINGS).create(this::send));
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
		JdbcCustomization customization = new AutodetectJdbcCustomization(this.dataSource);
		TestInbox inbox = new TestInbox(MAX_ATTEMPTS, this.world.has(Fault.INBOX_LIMITED) ? 2L : null);
		List<Task<?>> tasks = new ArrayList<>();
		if (this.settings.inbox()) {
			tasks.add(new MortalTask(inbox.task(() -> this.dispatcher, this.store, this.dataSource, customization,
					this::discard, executions(clock)), this.world));
		}
		if (this.settings.followUp()) {
			this.followUp = new TestFollowUp(GIVE_UP_AFTER, Duration.ofSeconds(45), this::client, this::receiver,
					() -> this.dispatcher, executions(clock));
			tasks.add(this.followUp.task());
			this.started = this.followUp.connect(this.dataSource, customization, TestInbox.TABLE, this.thread);
		}
		if (!tasks.isEmpty()) {
			this.scheduler = scheduler(tasks, customization);
		}
		this.receiver = Endpoints.directReceiver(this.dispatcher, 2, NO_WAIT);
		if (this.settings.inbox()) {
			ManualScheduler scheduler = Objects.requireNonNull(this.scheduler);
			this.receiver = inbox.receiver(this.store, this.dataSource, customization, scheduler, clock,
					this.clock.toTicker());
			this.inbox = inbox.inbox(this.dataSource, customization, scheduler, clock);
		}
	}

	private K2Task.Executions executions(Clock clock) {
		return TestExecutions.of(this.lifecycle, clock, this.world.random().split());
	}

	private ManualScheduler scheduler(List<Task<?>> tasks, JdbcCustomization customization) {
		TestHelper.ManualSchedulerBuilder builder = TestHelper
			.createManualScheduler(new TransactionAwareDataSourceProxy(this.dataSource), tasks)
			.clock(this.clock);
		builder.jdbcCustomization(customization)
			.deleteUnresolvedAfter(ROWS_KEPT_FOR)
			.heartbeatInterval(HEARTBEAT)
			.addExecutionInterceptor(this::execute);
		return builder.build();
	}

	/**
	 * Delete an event that is parked although it was handled.
	 */
	private void discard(String key) {
		if (this.inbox != null) {
			this.inbox.discard(key);
		}
	}

	private CompletionHandler<?> execute(TaskInstance<?> instance, ExecutionContext context, ExecutionChain chain) {
		boolean running = this.lifecycle.isRunning();
		if (instance.getTaskName().equals(Need.INBOX.taskName()) && running) {
			this.world.ledger().attempted(instance.getId());
		}
		int interruptionsBefore = this.interruptions;
		CompletionHandler<?> completion = chain.proceed(instance, context);
		if (instance.getTaskName().equals(Need.FOLLOW_UP.taskName()) && running
				&& this.interruptions == interruptionsBefore) {
			this.undisturbedFollowUps++;
		}
		return completion;
	}

	private EventReceiver receiver() {
		return Objects.requireNonNull(this.receiver);
	}

	/**
	 * Return the client of an account for a status request. Its settings are looked up as
	 * {@link K2Accounts} does.
	 */
	private K2Client client(String account) {
		if (account.equals(SimulatedAccounts.SOURCED)) {
			this.accounts.get(account);
		}
		return Objects.requireNonNull(this.clients.get(account));
	}

	private ClientHttpResponse send(HttpRequest request, byte[] body, ClientHttpRequestExecution execution)
			throws IOException {
		return this.world.kopoKopo().respond(this, this.starting, request);
	}

	/**
	 * Start everything that the constructor leaves out: whatever may call listeners.
	 */
	void start() {
		this.lifecycle.start();
	}

	/**
	 * Stop what {@link #start()} started. The scheduler goes on.
	 */
	void stopLifecycle() {
		this.lifecycle.stop();
	}

	/**
	 * Shut down.
	 */
	void stop() {
		this.lifecycle.stop();
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
	void startPayment(StartedPayment payment) {
		StartedPayment outer = this.starting;
		this.starting = payment;
		try {
			Objects.requireNonNull(this.clients.get(payment.account)).create("incoming_payments", new JsonBody());
		}
		finally {
			this.starting = outer;
		}
	}

	void executeDue() {
		if (this.scheduler != null) {
			boolean outer = this.executing;
			this.executing = true;
			try {
				this.thread.runDelayed();
				this.scheduler.runAnyDueExecutions();
			}
			finally {
				this.executing = outer;
			}
		}
	}

	boolean isExecuting() {
		return this.executing;
	}

	void detectDead() {
		if (this.scheduler != null) {
			this.scheduler.runDeadExecutionDetection();
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
	void interrupted() {
		this.interruptions++;
	}

	int interruptions() {
		return this.interruptions;
	}

	/**
	 * Return how many follow-ups the instance has executed without an interruption.
	 */
	int undisturbedFollowUps() {
		return this.undisturbedFollowUps;
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
	 */
	record Settings(boolean inbox, boolean followUp, boolean autoCommit) {

		static final Settings ALL = new Settings(true, true, true);

		boolean runsAllTasks() {
			return this.inbox && this.followUp;
		}

	}

}
