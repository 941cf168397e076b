package io.github.k2connect.simulation;

import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.k2connect.simulation.Simulation.Result;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests of the delivery protocol in simulated worlds. See the description of the package.
 */
@Tag("long")
@Tag("simulation")
class SimulationTests {

	private static final int SEEDS = Integer.getInteger("k2.simulation.seeds", 150);

	private static final int REPEATED_SEEDS = Math.max(10, SEEDS / 20);

	private static final @Nullable Long SEED = Long.getLong("k2.simulation.seed");

	private static final @Nullable String FAULT = System.getProperty("k2.simulation.fault");

	private static final Set<Fault> NONE = EnumSet.noneOf(Fault.class);

	private static final List<String> LOGGERS = List.of("io.github.k2connect", "com.github.kagkarlsson",
			"org.springframework");

	private static final ThreadLocal<SimulatedDatabase> DATABASE = ThreadLocal.withInitial(SimulatedDatabase::new);

	/**
	 * Turn off the log, which the faults would fill, unless a seed is replayed.
	 */
	@BeforeAll
	static void turnOffLog() {
		setLevel((SEED != null) ? Level.DEBUG : Level.OFF);
	}

	@AfterAll
	static void restoreLog() {
		setLevel(null);
	}

	private static void setLevel(@Nullable Level level) {
		LOGGERS.forEach((name) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
	}

	@Test
	void keepsPromisesWithEverySeed() {
		Set<Fault> forced = (FAULT != null) ? EnumSet.of(Fault.valueOf(FAULT)) : NONE;
		LongStream seeds = (SEED != null) ? LongStream.of(SEED) : LongStream.rangeClosed(1, SEEDS);
		failures(seeds, forced).findFirst().ifPresent((result) -> {
			throw new AssertionError(describe(result, forced), result.failure());
		});
	}

	/**
	 * In this seed an event is picked while the other instance, whose clock is ahead,
	 * looks for dead executions.
	 */
	@Test
	void countsDeathOfEventPickedDuringDetectionAsAttempt() {
		assertThat(run(11555, Fault.ADDED, NONE).failure()).isNull();
	}

	@Test
	void repeatsRunOfSameSeed() {
		for (long seed = 1; seed <= REPEATED_SEEDS; seed++) {
			assertThat(run(seed, Fault.KNOWN, NONE).trace()).as("trace of seed " + seed)
				.isEqualTo(run(seed, Fault.KNOWN, NONE).trace());
		}
	}

	/**
	 * A known fault that is not found any more is mended, or the simulation has become
	 * blind.
	 */
	@TestFactory
	Stream<DynamicTest> findsKnownFault() {
		return Fault.KNOWN.stream().map((fault) -> DynamicTest.dynamicTest(fault.name(), () -> {
			Optional<Result> found = failures(LongStream.rangeClosed(1, SEEDS), EnumSet.of(fault)).findFirst();
			assertThat(found).as("seed that finds " + fault + ", which is in Fault.KNOWN").isPresent();
		}));
	}

	private static Stream<Result> failures(LongStream seeds, Set<Fault> forced) {
		return seeds.parallel()
			.mapToObj((seed) -> run(seed, Fault.KNOWN, forced))
			.filter((result) -> result.failure() != null);
	}

	private static Result run(long seed, Set<Fault> left, Set<Fault> forced) {
		return Simulation.run(seed, left, forced, DATABASE.get());
	}

	private static String describe(Result result, Set<Fault> forced) {
		String failure = (result.failure() != null) ? String.valueOf(result.failure().getMessage()) : "";
		String fault = forced.isEmpty() ? "" : " -Dk2.simulation.fault=" + forced.iterator().next();
		return failure + "\nReplay it alone: mvn verify -pl k2-connect-spring-boot-autoconfigure -am"
				+ " -Dtest=SimulationTests#keepsPromisesWithEverySeed -Dsurefire.failIfNoSpecifiedTests=false"
				+ " -Dk2.simulation.seed=" + result.seed() + fault + "\n" + String.join("\n", result.trace());
	}

}
