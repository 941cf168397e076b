package io.github.k2connect.simulation;

import java.util.EnumSet;
import java.util.Set;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.github.k2connect.simulation.Simulation.Result;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The delivery protocol in many simulated worlds.
 */
class SimulationTests {

	private static final long SEEDS = Long.getLong("k2.simulation.seeds", 2000);

	private static final Long ONE_SEED = Long.getLong("k2.simulation.seed");

	private static final Set<Fault> NONE = EnumSet.noneOf(Fault.class);

	private static final SimulatedDatabase DATABASE = new SimulatedDatabase();

	@BeforeAll
	static void silence() {
		level(Level.OFF);
	}

	@AfterAll
	static void speak() {
		level(null);
	}

	private static void level(Level level) {
		Stream.of("io.github.k2connect", "com.github.kagkarlsson", "org.springframework")
			.forEach((name) -> ((Logger) LoggerFactory.getLogger(name)).setLevel(level));
	}

	@Test
	void survivesEverySeed() {
		LongStream seeds = (ONE_SEED != null) ? LongStream.of(ONE_SEED) : LongStream.rangeClosed(1, SEEDS);
		long start = java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
		java.util.Map<String, String> f = new java.util.TreeMap<>();
		java.util.Map<String, Integer> n = new java.util.TreeMap<>();
		Set<Fault> forced = System.getProperty("k2.force") == null ? NONE : EnumSet.of(Fault.valueOf(System.getProperty("k2.force")));
		seeds.mapToObj((seed) -> Simulation.run(seed, Fault.KNOWN, forced, DATABASE)).forEach((r) -> {
			if (r.failure() != null) {
				if (ONE_SEED != null) {
					r.failure().printStackTrace(System.out);
					System.out.println(String.join("\n", r.trace()));
				}
				String m = String.valueOf(r.failure()).replaceAll("[wp]\\d+|[0-9:.T-]+Z|\\d+", "#");
				f.putIfAbsent(m, r.seed() + " (" + r.trace().size() + ")");
				n.merge(m, 1, Integer::sum);
			}
		});
		f.forEach((m, s) -> System.out.println(n.get(m) + " times, first at " + s + ": " + m));
		System.out.println("CPU ms " + (java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 1000000);
	}

	private static void verify(Result result) {
		if (result.failure() != null) {
			throw new AssertionError(result.failure().getMessage() + "\nSeed " + result.seed() + "\n"
					+ String.join("\n", result.trace()), result.failure());
		}
	}

}
