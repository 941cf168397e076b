package io.github.k2connect.benchmark;

import java.util.Collection;
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
 * A method of a JMH benchmark.
 *
 * @param benchmark the class of the benchmark
 * @param name the name of the method
 * @param parameters the values of the benchmark's parameters
 * @param threads how many threads call it at once
 */
public record JmhMethod(Class<?> benchmark, String name, Map<String, String> parameters, int threads) {

	private static final String ALLOCATION = "gc.alloc.rate.norm";

	/**
	 * Create a method that one thread calls.
	 * @param benchmark the class of the benchmark
	 * @param name the name of the method
	 * @param parameters the values of the benchmark's parameters
	 */
	public JmhMethod(Class<?> benchmark, String name, Map<String, String> parameters) {
		this(benchmark, name, parameters, 1);
	}

	/**
	 * Measure one call, in a process of its own.
	 * @return what it costs
	 */
	public Cost measure() {
		RunResult result = run();
		double allocated = Objects.requireNonNull(result.getSecondaryResults().get(ALLOCATION), ALLOCATION).getScore();
		return new Cost(result.getPrimaryResult().getScore() * shareOfProcessor(), allocated);
	}

	/**
	 * Return the part of a call's time that a thread had a processor.
	 */
	private double shareOfProcessor() {
		return Math.min(1, (double) Runtime.getRuntime().availableProcessors() / this.threads);
	}

	private RunResult run() {
		ChainedOptionsBuilder options = new OptionsBuilder()
			.include("^" + Pattern.quote(this.benchmark.getName() + "." + this.name) + "$")
			.mode(Mode.AverageTime)
			.timeUnit(TimeUnit.NANOSECONDS)
			.threads(this.threads)
			.forks(1)
			.warmupIterations(4)
			.warmupTime(TimeValue.milliseconds(500))
			.measurementIterations(4)
			.measurementTime(TimeValue.milliseconds(500))
			.addProfiler(GCProfiler.class)
			.shouldFailOnError(true)
			.verbosity(VerboseMode.SILENT);
		this.parameters.forEach((parameter, value) -> options.param(parameter, value));
		try {
			Collection<RunResult> results = new Runner(options.build()).run();
			if (results.size() != 1) {
				throw new IllegalStateException(results.size() + " results of " + this);
			}
			return results.iterator().next();
		}
		catch (RunnerException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * What one call costs.
	 *
	 * @param nanoseconds the time on a processor
	 * @param bytes the allocated memory
	 */
	public record Cost(double nanoseconds, double bytes) {
	}

}
