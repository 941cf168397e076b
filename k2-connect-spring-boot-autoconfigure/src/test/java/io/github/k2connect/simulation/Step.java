package io.github.k2connect.simulation;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;

import io.github.k2connect.webhook.Signatures;
import org.jspecify.annotations.Nullable;

/**
 * A step of a world.
 */
enum Step {

	/**
	 * Kopo Kopo writes a webhook, and delivers it for the first time.
	 */
	WEBHOOK(8, true, null, (world) -> {
		Message message = world.kopoKopo().writeWebhook();
		atAny(world, (instance) -> world.deliver(message, instance));
	}),

	/**
	 * Kopo Kopo delivers a message that was not answered 200 yet.
	 */
	DELIVERY(12, true, null, (world) -> {
		List<Message> outbox = world.kopoKopo().outbox();
		if (!outbox.isEmpty()) {
			atAny(world, (instance) -> world.deliver(world.pick(outbox), instance));
		}
	}),

	/**
	 * Kopo Kopo delivers a message again.
	 */
	DUPLICATE(6, true, null, (world) -> {
		List<Message> delivered = world.ledger().delivered();
		if (!delivered.isEmpty()) {
			atAny(world, (instance) -> world.deliver(world.pick(delivered), instance));
		}
	}),

	/**
	 * Somebody sends a message with a wrong signature, or one that is signed with the key
	 * of another account.
	 */
	FORGERY(2, true, null, (world) -> atAny(world, (instance) -> {
		String account = world.pickAccount();
		Message forged = Message.webhook(account, "customer_created", "forged", 0);
		String key = account.equals(SimulatedAccounts.DEFAULT) ? "a-guessed-key" : SimulatedAccounts.DEFAULT_KEY;
		if (world.deliver(forged, instance, Signatures.sign(key, forged.body())) == 200) {
			world.violate("A forged message was answered 200");
		}
	})),

	/**
	 * Somebody sends a message that is signed with a key that was replaced.
	 */
	OLD_KEY(2, true, Fault.KEY_ROTATED, (world) -> atAny(world, (instance) -> {
		Message forged = Message.webhook(SimulatedAccounts.SOURCED, "customer_created", "forged", 0);
		if (world.accounts().isPreviousKeyDead() && world.checksCaches()
				&& world.deliver(forged, instance, world.accounts().signWithPreviousKey(forged)) == 200) {
			world.violate("A message with an old key was answered 200");
		}
	})),

	/**
	 * An instance starts a payment.
	 */
	PAYMENT(6, false, null, (world) -> atAny(world, (instance) -> world.startPayment(world.pickAccount(), instance))),

	/**
	 * An instance starts a payment with a key that may have been used before.
	 */
	REPEATED_PAYMENT(14, true, Fault.REQUESTS_REPEATED,
			(world) -> atAny(world, (instance) -> world.keys().startPayment(instance))),

	/**
	 * A person looks at Kopo Kopo, and then resolves or releases an idempotency key.
	 */
	KEY_SETTLED(14, true, Fault.REQUESTS_REPEATED,
			(world) -> atAny(world, (instance) -> world.keys().settleAny(instance))),

	/**
	 * Customers pay to a till, and no message tells of it.
	 */
	CUSTOMERS(3, true, Fault.POLLS_NEVER_ANSWERED, (world) -> world.kopoKopo().till().pay()),

	/**
	 * The scheduler of an instance executes what is due.
	 */
	EXECUTION(16, true, null, (world) -> atAny(world, (instance) -> {
		world.say("execute what is due at " + instance);
		world.runScheduler(instance, instance::executeDue);
	})),

	/**
	 * The scheduler of an instance looks for executions of crashed instances.
	 */
	DEATH_DETECTION(6, true, null, (world) -> atAny(world, (instance) -> {
		world.say("detect dead executions at " + instance);
		world.runScheduler(instance, instance::detectDead);
	})),

	/**
	 * The instances do what they do without anybody, for a while.
	 */
	ROUNDS(8, false, null, (world) -> {
		for (int round = 0; round < 6; round++) {
			world.say("run what is due next");
			world.nextInstant().ifPresent(world::runUntil);
		}
	}),

	/**
	 * Time passes.
	 */
	PAUSE(12, true, null, (world) -> {
		Duration pause = world.isNested() ? Duration.ofSeconds(20) : world.pick(List.of(Duration.ofSeconds(1),
				Duration.ofSeconds(10), Duration.ofMinutes(1), Duration.ofMinutes(10), Duration.ofHours(1)));
		world.say("wait " + pause);
		world.advance(pause);
	}),

	/**
	 * An instance crashes.
	 */
	CRASH(3, false, Fault.CRASH, (world) -> atAny(world, world::crash)),

	/**
	 * An instance that has crashed starts again.
	 */
	START(8, false, null, (world) -> {
		List<String> missing = world.missingInstances();
		if (!missing.isEmpty()) {
			world.deploy(world.pick(missing), world.pickSettings()).start();
		}
	}),

	/**
	 * An instance is deployed again with other settings.
	 */
	RESTART(3, false, Fault.RESTART, (world) -> atAny(world, (instance) -> {
		world.stop(instance);
		world.deploy(instance.name, world.pickSettings()).start();
	})),

	/**
	 * The clock of an instance jumps.
	 */
	CLOCK_JUMP(3, false, Fault.CLOCK_JUMPS,
			(world) -> jump(world,
					List.of(Duration.ofHours(8), Duration.ofMinutes(3), Duration.ZERO, Duration.ofMinutes(-3),
							Duration.ofHours(-8)))),

	/**
	 * The clock of an instance is ahead, until it is corrected.
	 */
	CLOCK_AHEAD(3, false, Fault.CLOCK_CORRECTED, (world) -> jump(world, List.of(Duration.ofHours(8), Duration.ZERO))),

	/**
	 * The clock of an instance is ahead by months.
	 */
	CLOCK_FAR_AHEAD(3, false, Fault.CLOCK_AHEAD_OF_RETENTION,
			(world) -> jump(world, List.of(Duration.ofDays(100), Duration.ZERO))),

	/**
	 * The key of an account is replaced.
	 */
	KEY_ROTATION(2, true, Fault.KEY_ROTATED, (world) -> {
		world.say("rotate the key of " + SimulatedAccounts.SOURCED);
		world.accounts().rotateKey();
	}),

	/**
	 * Somebody has all parked events retried.
	 */
	RETRY(1, false, null, (world) -> atAny(world, world::retryParked)),

	/**
	 * The lifecycle of an instance stops, but not its scheduler yet.
	 */
	LIFECYCLE_STOP(6, false, Fault.LIFECYCLE_STOPPED, (world) -> atAny(world, (instance) -> {
		world.say("stop the lifecycle of " + instance);
		instance.stopScheduler();
	})),

	/**
	 * The lifecycle of an instance starts, after its scheduler.
	 */
	LIFECYCLE_START(4, false, Fault.LIFECYCLE_STOPPED, (world) -> atAny(world, (instance) -> {
		world.say("start the lifecycle of " + instance);
		instance.start();
	})),

	/**
	 * An instance loses the events that wait in its memory.
	 */
	LOSS(3, true, Fault.HAND_OVER_LOST, (world) -> atAny(world, (instance) -> {
		world.say(instance + " loses " + instance.waiting());
		instance.loseWaiting();
	})),

	/**
	 * Weeks pass.
	 */
	WEEKS(2, false, Fault.ROWS_OVERDUE_FOR_WEEKS, (world) -> {
		world.say("wait for weeks");
		world.advance(Duration.ofDays(15));
	});

	private final int weight;

	private final boolean nested;

	private final @Nullable Fault fault;

	@SuppressWarnings("ImmutableEnumChecker")
	private final Consumer<World> action;

	Step(int weight, boolean nested, @Nullable Fault fault, Consumer<World> action) {
		this.weight = weight;
		this.nested = nested;
		this.fault = fault;
		this.action = action;
	}

	/**
	 * Return any step that is possible in the world.
	 */
	static Step pick(World world) {
		return pick(world, Arrays.asList(values()));
	}

	/**
	 * Return any step that can happen within another step.
	 */
	static Step pickNested(World world) {
		return pick(world, Arrays.stream(values()).filter((step) -> step.nested).toList());
	}

	private static Step pick(World world, List<Step> steps) {
		List<Step> possible = steps.stream().filter((step) -> step.fault == null || world.has(step.fault)).toList();
		int number = world.random().nextInt(possible.stream().mapToInt((step) -> step.weight).sum());
		for (Step step : possible) {
			number -= step.weight;
			if (number < 0) {
				return step;
			}
		}
		throw new IllegalStateException();
	}

	private static void atAny(World world, Consumer<SimulatedInstance> action) {
		List<SimulatedInstance> instances = world.instances();
		if (!instances.isEmpty()) {
			action.accept(world.pick(instances));
		}
	}

	private static void jump(World world, List<Duration> offsets) {
		atAny(world, (instance) -> {
			Duration offset = world.pick(offsets);
			world.say("the clock of " + instance + " is off by " + offset);
			instance.clock.offset(offset);
		});
	}

	void run(World world) {
		world.advance(Duration.ZERO);
		this.action.accept(world);
	}

}
