package io.github.k2connect.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.K2Location;
import io.github.k2connect.reconciliation.TestReconciliation;
import io.github.k2connect.simulation.SimulatedDatabase.Row;
import io.github.k2connect.simulation.StartedPayment.Ending;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.annotation.Isolation;

/**
 * Two instances, their database and Kopo Kopo, in which everything happens on one thread
 * and every decision comes from one random generator.
 */
final class World {

	private static final List<String> NAMES = List.of("a", "b");

	private static final Duration FAR_FUTURE = Duration.ofDays(20);

	/**
	 * How far ahead a clock was, and what checks take.
	 */
	private static final Duration RECONCILIATION = Duration.ofHours(8).plus(TestReconciliation.DELAY);

	private static final int MAX_DEPTH = 2;

	private static final int MAX_NESTED_STEPS = 6;

	private static final Map<Fault, List<Interruption>> INTERRUPTIONS = new EnumMap<>(Map.of(Fault.STATEMENT_FAILS,
			List.of(Interruption.STATEMENT_FAILS), Fault.CONNECTION_LOST, List.of(Interruption.CONNECTION_LOST),
			Fault.ANSWER_LOST, List.of(Interruption.ANSWER_LOST), Fault.TRANSACTION_ABORTED,
			List.of(Interruption.TRANSACTION_ABORTED), Fault.DEADLOCK, List.of(Interruption.DEADLOCK),
			Fault.CRASH_BETWEEN_STATEMENTS, List.of(Interruption.CRASH_BEFORE, Interruption.CRASH_AFTER),
			Fault.INTERLEAVING, List.of(Interruption.NONE)));

	private static final List<Isolation> ISOLATIONS = List.of(Isolation.READ_COMMITTED, Isolation.READ_UNCOMMITTED,
			Isolation.REPEATABLE_READ, Isolation.SERIALIZABLE);

	private final SplittableRandom random;

	private final Set<Fault> faults;

	private final SimulatedDatabase database;

	private final Trace trace = new Trace();

	private final Ledger ledger = new Ledger();

	private final SimulatedKopoKopo kopoKopo;

	private final SimulatedAccounts accounts;

	private final KeyedPayments keys = new KeyedPayments(this);

	private final Map<String, SimulatedInstance> instances = new TreeMap<>();

	private final List<Interruption> interruptions;

	private final int calmness;

	private final Set<String> poison = new HashSet<>();

	private final Set<String> harmless = new HashSet<>();

	private Instant time = Instant.parse("2026-03-11T05:00:00Z");

	private Instant latestClock = this.time;

	private boolean healed;

	private Instant healedAt = Instant.MAX;

	private int depth;

	private int nestedSteps;

	private int deployments;

	private int interruptedSchedulers;

	/**
	 * The genuine message that an instance handles.
	 */
	private @Nullable Message inFlight;

	private @Nullable Throwable failure;

	World(SplittableRandom random, Set<Fault> faults, SimulatedDatabase database) {
		this.random = random;
		this.faults = faults;
		this.database = database;
		this.kopoKopo = new SimulatedKopoKopo(this);
		this.accounts = new SimulatedAccounts(this);
		this.interruptions = faults.stream()
			.flatMap((fault) -> INTERRUPTIONS.getOrDefault(fault, List.of()).stream())
			.toList();
		this.calmness = pick(List.of(10, 30, 100));
		this.trace.add(this.time, "faults: " + faults);
		NAMES.forEach((name) -> deploy(name, pickSettings()).start());
	}

	SplittableRandom random() {
		return this.random;
	}

	/**
	 * Return {@code true} once in so many times.
	 */
	boolean chance(int times) {
		return this.random.nextInt(times) == 0;
	}

	<T> T pick(List<T> items) {
		return items.get(this.random.nextInt(items.size()));
	}

	String pickAccount() {
		return pick(SimulatedAccounts.NAMES);
	}

	/**
	 * Return whether a maintenance at Kopo Kopo, which begins with the world, is over.
	 */
	boolean isAfterMaintenance() {
		return this.healed && this.time.isAfter(this.healedAt.plus(Duration.ofMinutes(10)));
	}

	boolean has(Fault fault) {
		return this.faults.contains(fault);
	}

	/**
	 * Return whether a fault happens now, once in so many times.
	 */
	boolean happens(Fault fault, int times) {
		return has(fault) && !this.healed && chance(times);
	}

	SimulatedDatabase database() {
		return this.database;
	}

	SimulatedKopoKopo kopoKopo() {
		return this.kopoKopo;
	}

	SimulatedAccounts accounts() {
		return this.accounts;
	}

	KeyedPayments keys() {
		return this.keys;
	}

	Ledger ledger() {
		return this.ledger;
	}

	Trace trace() {
		return this.trace;
	}

	void say(String text) {
		this.trace.add(this.time, text);
	}

	Instant time() {
		return this.time;
	}

	/**
	 * Return how often a scheduler was interrupted.
	 */
	int interruptedSchedulers() {
		return this.interruptedSchedulers;
	}

	/**
	 * Return the latest time that any clock has ever shown.
	 */
	Instant latestClock() {
		return this.latestClock;
	}

	/**
	 * Let time pass. Two steps never have the same time.
	 */
	void advance(Duration duration) {
		this.time = this.time.plus(duration).plusNanos(1000L * (1 + this.random.nextInt(1_000_000)));
		noteClocks();
	}

	void advanceTo(Instant instant) {
		advance(instant.isAfter(this.time) ? Duration.between(this.time, instant) : Duration.ZERO);
	}

	private void noteClocks() {
		Stream.concat(Stream.of(this.time), this.instances.values().stream().map((instance) -> instance.clock.now()))
			.forEach((clock) -> this.latestClock = later(this.latestClock, clock));
	}

	private static Instant later(Instant one, Instant other) {
		return one.isAfter(other) ? one : other;
	}

	List<SimulatedInstance> instances() {
		return List.copyOf(this.instances.values());
	}

	List<String> missingInstances() {
		return NAMES.stream().filter((name) -> !this.instances.containsKey(name)).toList();
	}

	SimulatedInstance.Settings pickSettings() {
		return new SimulatedInstance.Settings(this.random.nextBoolean(), !chance(4), !chance(4),
				has(Fault.ISOLATION) ? pick(ISOLATIONS) : Isolation.READ_COMMITTED, has(Fault.HAND_OVER) && !chance(4));
	}

	/**
	 * Deploy an instance. It does not run yet. If the library refuses the settings, they
	 * are corrected.
	 */
	SimulatedInstance deploy(String name, SimulatedInstance.Settings settings) {
		SimulatedInstance instance;
		try {
			instance = new SimulatedInstance(name, settings, this);
		}
		catch (InvalidK2ConfigurationException ex) {
			say(name + " refuses " + settings);
			return deploy(name, settings.withIsolation(Isolation.READ_COMMITTED));
		}
		this.instances.put(name, instance);
		say("deploy " + name + " " + settings);
		return instance;
	}

	void stop(SimulatedInstance instance) {
		say("stop " + instance);
		this.instances.remove(instance.name, instance);
		List<String> waiting = instance.waiting();
		instance.stop();
		this.database.rows()
			.stream()
			.filter((row) -> waiting.contains(row.key()) && instance.holds(row))
			.forEach((row) -> violate(instance + " has stopped, and has not given back: " + row));
	}

	void crash(SimulatedInstance instance) {
		say("crash " + instance);
		this.instances.remove(instance.name, instance);
		instance.crash();
	}

	/**
	 * End all faults, set all clocks right, and run all instances. At least one of them
	 * runs all tasks.
	 */
	void heal() {
		this.healed = true;
		this.healedAt = this.time;
		say("heal");
		boolean complete = false;
		for (String name : NAMES) {
			SimulatedInstance instance = this.instances.get(name);
			boolean last = name.equals(NAMES.get(NAMES.size() - 1));
			if (instance == null || (last && !complete && !instance.settings.runsAllTasks())) {
				if (instance != null) {
					stop(instance);
				}
				instance = deploy(name, SimulatedInstance.Settings.all(has(Fault.HAND_OVER)));
			}
			instance.clock.offset(Duration.ZERO);
			instance.start();
			complete |= instance.settings.runsAllTasks();
		}
		this.database.correctTimes(this.time, this.time.plus(FAR_FUTURE));
	}

	/**
	 * Decide what happens to an operation of an instance on the database.
	 */
	Interruption interrupt(SimulatedInstance instance, String operation) {
		if (this.healed || this.instances.get(instance.name) != instance) {
			return Interruption.NONE;
		}
		Message handled = this.inFlight;
		if (handled != null && happens(Fault.ISOLATION, 8)) {
			meanwhile(instance, () -> deliver(handled, pick(instances())));
		}
		if (this.interruptions.isEmpty() || !chance(this.calmness)) {
			return Interruption.NONE;
		}
		Interruption interruption = pick(this.interruptions);
		if (interruption == Interruption.NONE) {
			interleave(instance);
			return interruption;
		}
		instance.interrupted(operation, interruption);
		this.interruptedSchedulers += instance.isExecuting() ? 1 : 0;
		say(instance + ": " + interruption + " at: " + operation);
		if (interruption == Interruption.CRASH_BEFORE || interruption == Interruption.CRASH_AFTER) {
			this.instances.remove(instance.name, instance);
		}
		return interruption;
	}

	/**
	 * Let other things happen now, at this or at another instance.
	 */
	void interleave(SimulatedInstance instance) {
		if (has(Fault.INTERLEAVING)) {
			meanwhile(instance, () -> Step.pickNested(this).run(this));
		}
	}

	/**
	 * Let an instance wait for something, while other things happen, also at the instance
	 * itself.
	 */
	void spend(SimulatedInstance instance, Duration duration) {
		meanwhile(instance, () -> Step.pickNested(this).run(this));
		advance(duration);
	}

	private void meanwhile(SimulatedInstance instance, Runnable action) {
		if (this.healed || this.depth == MAX_DEPTH || this.nestedSteps == MAX_NESTED_STEPS) {
			return;
		}
		this.depth++;
		this.nestedSteps++;
		say("meanwhile in " + instance + ":");
		this.trace.indented(() -> {
			try {
				BoundTransaction.outside(action);
			}
			catch (Throwable ex) {
				fail(ex);
			}
		});
		this.depth--;
	}

	/**
	 * Make one step.
	 */
	void step(Step step) {
		this.nestedSteps = 0;
		step.run(this);
	}

	/**
	 * Remember a failure. It is not thrown at once, because the library would handle it
	 * like the failure of a listener.
	 */
	void fail(Throwable ex) {
		if (this.failure == null) {
			this.failure = ex;
		}
	}

	void violate(String violation) {
		say("VIOLATION: " + violation);
		fail(new AssertionError(violation));
	}

	@Nullable Throwable failure() {
		return this.failure;
	}

	boolean isNested() {
		return this.depth > 0;
	}

	/**
	 * Return whether other things have happened within this step.
	 */
	boolean hasNested() {
		return this.nestedSteps > 0;
	}

	/**
	 * Return whether no clock was ever wrong.
	 */
	boolean hasRightClocks() {
		return Stream.of(Fault.CLOCK_JUMPS, Fault.CLOCK_CORRECTED, Fault.CLOCK_AHEAD_OF_RETENTION).noneMatch(this::has);
	}

	/**
	 * Return a number that no other deployment of an instance has.
	 */
	int nextDeployment() {
		return ++this.deployments;
	}

	/**
	 * Return whether caches and queues have to be right: no clock was ever wrong, or the
	 * seed is about that.
	 */
	boolean checksCaches() {
		return !has(Fault.CLOCK_JUMPS) || has(Fault.CLOCK_CORRECTED);
	}

	/**
	 * Return whether a listener fails for an event.
	 */
	boolean failsListener(String event) {
		if (this.healed) {
			return false;
		}
		if (has(Fault.LISTENER_ALWAYS_FAILS) && !this.harmless.contains(event)) {
			(chance(2) ? this.poison : this.harmless).add(event);
			if (this.poison.contains(event)) {
				this.harmless.remove(event);
				return true;
			}
		}
		return this.poison.contains(event) || (has(Fault.LISTENER_FAILS) && chance(4));
	}

	/**
	 * Deliver a genuine message.
	 * @return the status of the response, or 0 if there was none
	 */
	int deliver(Message message, SimulatedInstance instance) {
		Message outer = this.inFlight;
		this.inFlight = message;
		int status = deliver(message, instance, this.accounts.sign(message));
		this.inFlight = outer;
		if (status == 401 && (message.account().equals(SimulatedAccounts.DEFAULT) || this.accounts.isKeyAlive())
				&& checksCaches()) {
			violate(message.event() + " was refused, and its signature is right");
		}
		this.ledger.delivered(message);
		if (status == 200) {
			this.ledger.accepted(message);
			this.kopoKopo.remove(message);
		}
		return status;
	}

	/**
	 * Deliver a message with any signature.
	 * @return the status of the response, or 0 if there was none
	 */
	int deliver(Message message, SimulatedInstance instance, String signature) {
		say("deliver " + message.event() + " to " + instance);
		int status = instance.receive(message, signature);
		int answered = instance.isGone() ? 0 : status;
		say(message.event() + " was answered " + answered);
		return answered;
	}

	/**
	 * Start a payment.
	 */
	StartedPayment startPayment(String account, SimulatedInstance instance) {
		return startPayment(account, instance, null);
	}

	/**
	 * Start a payment with an idempotency key, or without one.
	 */
	StartedPayment startPayment(String account, SimulatedInstance instance, @Nullable String key) {
		StartedPayment payment = new StartedPayment(account, instance, key);
		this.ledger.started(payment);
		say("start a payment " + ((key != null) ? key + " " : "") + "of " + account + " at " + instance);
		int interruptionsBefore = instance.interruptions();
		try {
			K2Location location = instance.startPayment(payment);
			if (!instance.isGone()) {
				payment.ending = Ending.RETURNED;
				payment.returned = location.id();
				payment.interrupted = instance.interruptions() > interruptionsBefore;
				payment.interruptedSchedulers = this.interruptedSchedulers;
				payment.undisturbedFollowUps = instance.undisturbedFollowUps();
			}
		}
		catch (RuntimeException ex) {
			if (!instance.isGone()) {
				payment.ending = Ending.THREW;
				payment.failure = ex;
			}
		}
		say("payment " + payment.id + " started at " + payment.startedAt + ": " + payment.ending);
		return payment;
	}

	/**
	 * Return when something will happen next without anybody doing anything.
	 */
	Optional<Instant> nextInstant() {
		Instant end = this.time.plus(FAR_FUTURE);
		if (this.instances.values().stream().anyMatch((instance) -> !instance.waiting().isEmpty())) {
			return Optional.of(this.time);
		}
		return Stream
			.concat(this.kopoKopo.due().stream(),
					this.database.rows()
						.stream()
						.filter((row) -> !isReconciled() || !isCheck(row))
						.flatMap((row) -> row.due().stream()))
			.filter((due) -> due.isBefore(end))
			.min(Instant::compareTo);
	}

	/**
	 * Return whether the reconciliation, which never ends, has had the time to find all
	 * payments since the world was healed.
	 */
	private boolean isReconciled() {
		return this.healed && this.time.isAfter(this.healedAt.plus(RECONCILIATION));
	}

	static boolean isCheck(Row row) {
		return row.task().equals("k2-reconciliation");
	}

	Instant healedAt() {
		return this.healedAt;
	}

	/**
	 * Let time pass, and let all instances do what is due then.
	 */
	void runUntil(Instant instant) {
		advanceTo(instant);
		for (SimulatedInstance instance : instances()) {
			List<Message> outbox = this.kopoKopo.outbox();
			if (!outbox.isEmpty()) {
				deliver(outbox.get(0), instance);
				this.kopoKopo.remove(outbox.get(0));
			}
			runScheduler(instance, instance::detectDead);
			runScheduler(instance, instance::executeDue);
		}
	}

	/**
	 * Have the parked events retried. They have all their attempts again, of which some
	 * may happen meanwhile. An event may also be parked meanwhile, and then be retried.
	 */
	void retryParked(SimulatedInstance instance) {
		say("retry parked events at " + instance);
		Map<Row, Runnable> forget = new HashMap<>();
		Map<String, Integer> failures = new HashMap<>();
		this.database.rows()
			.stream()
			.filter((row) -> !row.isParked())
			.forEach((row) -> failures.put(row.task() + row.key(), row.failures()));
		this.database.rows().stream().filter(Row::isParked).forEach((row) -> {
			int attempts = this.ledger.attempts(row.key());
			int deaths = this.ledger.deaths(row.key());
			forget.put(row, () -> this.ledger.forget(row.key(), attempts, deaths));
		});
		runScheduler(instance, instance::retryParked);
		forget.keySet().removeAll(this.database.rows());
		forget.values().forEach(Runnable::run);
		this.database.rows()
			.stream()
			.filter((row) -> row.failures() < failures.getOrDefault(row.task() + row.key(), 0))
			.forEach((row) -> this.ledger.forget(row.key(), this.ledger.attempts(row.key()) - row.failures(),
					this.ledger.deaths(row.key())));
	}

	/**
	 * Run the scheduler of an instance. A fault may make it throw, which db-scheduler
	 * logs.
	 */
	void runScheduler(SimulatedInstance instance, Runnable action) {
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			if (this.healed) {
				throw ex;
			}
			say("the scheduler of " + instance + " failed: " + ex.getClass().getSimpleName());
		}
	}

}
