package io.github.k2connect.benchmark;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Two methods of a JMH benchmark, {@code library} and {@code floor}, each in a process of
 * its own in every round.
 *
 * @param what what the library does
 * @param baseline what it is compared with
 * @param benchmark the class of the benchmark
 * @param parameters the values of the benchmark's parameters
 */
public record JmhComparison(String what, String baseline, Class<?> benchmark, Map<String, String> parameters) {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	/**
	 * Measure the time and the allocated memory of one call.
	 * @param rounds how often each side is measured
	 * @param goal the goal of both ratios
	 * @return the two comparisons
	 */
	public List<Comparison> measure(int rounds, Goal goal) {
		List<Round> times = new ArrayList<>();
		List<Round> bytes = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			RunResult library = run("library");
			RunResult floor = run("floor");
			times.add(new Round(library.getPrimaryResult().getScore(), floor.getPrimaryResult().getScore()));
			bytes.add(new Round(allocation(library), allocation(floor)));
		}
		return List.of(new Comparison(this.what, this.baseline, "ns", times, goal),
				new Comparison(this.what + ", allocation", this.baseline, "B", bytes, goal));
	}

	private static double allocation(RunResult result) {
		return Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION).getScore();
	}

	private RunResult run(String method) {
		ChainedOptionsBuilder options = new OptionsBuilder()
			.include("^" + Pattern.quote(this.benchmark.getName() + "." + method) + "$")
			.mode(Mode.AverageTime)
			.timeUnit(TimeUnit.NANOSECONDS)
			.forks(1)
			.warmupIterations(4)
			.warmupTime(TimeValue.milliseconds(500))
			.measurementIterations(4)
			.measurementTime(TimeValue.milliseconds(500))
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
		this.parameters.forEach((name, value) -> options.param(name, value));
		try {
			Collection<RunResult> results = new Runner(options.build()).run();
			if (results.size() != 1) {
				throw new IllegalStateException(results.size() + " results of " + method + " of " + this.benchmark);
			}
			return results.iterator().next();
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
	}

}
