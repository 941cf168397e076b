package io.github.k2connect.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * The simulation of one seed: chaos, then healing, then quiet.
 */
final class Simulation {

	private static final int STEPS = 45;

	private static final int MAX_ROUNDS = 20_000;

	private final World world;

	private final Oracle oracle;

	private Simulation(long seed, Set<Fault> left, Set<Fault> forced, SimulatedDatabase database) {
		SplittableRandom random = new SplittableRandom(seed);
		Set<Fault> faults = EnumSet.noneOf(Fault.class);
		SplittableRandom added = new SplittableRandom(~seed);
		for (Fault fault : Fault.values()) {
			boolean drawn = (Fault.ADDED.contains(fault) ? added : random).nextBoolean();
			if ((drawn && !left.contains(fault)) || forced.contains(fault)) {
				faults.add(fault);
			}
		}
		database.clear();
		this.world = new World(random, faults, database);
		this.oracle = new Oracle(this.world);
	}

	/**
	 * Run a seed.
	 * @param seed the seed
	 * @param left the faults to leave out
	 * @param forced the faults that are certain
	 * @param database the database, which is emptied
	 * @return what happened
	 */
	static Result run(long seed, Set<Fault> left, Set<Fault> forced, SimulatedDatabase database) {
		Simulation simulation = new Simulation(seed, left, forced, database);
		simulation.run();
		return new Result(seed, simulation.world.failure(), simulation.world.trace().lines());
	}

	private void run() {
		for (int i = 0; i < STEPS && isFine(); i++) {
			guarded(() -> this.world.step(Step.pick(this.world)));
		}
		guarded(this.world::heal);
		untilQuiet();
		guarded(this::retryParked);
		untilQuiet();
		guarded(this::deliverAgain);
		untilQuiet();
		for (SimulatedInstance instance : this.world.instances()) {
			guarded(() -> probe(instance));
			untilQuiet();
		}
		guarded(this.world.keys()::verifyEnd);
		untilQuiet();
		guarded(this.oracle::verifyEnd);
	}

	private boolean isFine() {
		return this.world.failure() == null;
	}

	private void guarded(Runnable action) {
		if (!isFine()) {
			return;
		}
		try {
			action.run();
			if (isFine()) {
				this.oracle.verify();
			}
		}
		catch (RuntimeException | Error ex) {
			this.world.fail(ex);
		}
	}

	private void untilQuiet() {
		for (int round = 0; isFine(); round++) {
			Optional<Instant> next = this.world.nextInstant();
			if (next.isEmpty()) {
				return;
			}
			if (round == MAX_ROUNDS) {
				this.world.violate("There is still something to do after " + MAX_ROUNDS + " rounds: "
						+ this.world.database().rows());
			}
			guarded(() -> this.world.runUntil(next.get()));
		}
	}

	private void retryParked() {
		this.world.instances().forEach(this.world::retryParked);
	}

	/**
	 * Deliver everything again that was ever delivered.
	 */
	private void deliverAgain() {
		List.copyOf(this.world.ledger().delivered())
			.forEach((message) -> this.world.deliver(message, this.world.pick(this.world.instances())));
	}

	/**
	 * Verify that an instance works as if nothing had ever failed.
	 */
	private void probe(SimulatedInstance instance) {
		this.world.advance(Duration.ofMinutes(1));
		this.world.startPayment(SimulatedAccounts.DEFAULT, instance);
		Message message = this.world.kopoKopo().writeWebhook();
		int status = this.world.deliver(message, instance);
		if (status != 200 && this.world.checksCaches() && !this.world.has(Fault.ACCOUNT_SOURCE_GONE)) {
			this.world.violate(message.event() + " was answered " + status + " after all faults had ended");
		}
	}

	/**
	 * What happened in a simulation.
	 *
	 * @param seed the seed
	 * @param failure what was wrong, or {@code null}
	 * @param trace the steps
	 */
	record Result(long seed, @Nullable Throwable failure, List<String> trace) {

	}

}
