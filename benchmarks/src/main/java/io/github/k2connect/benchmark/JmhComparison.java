package io.github.k2connect.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

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

	/**
	 * Measure the time and the allocated memory of one call.
	 * @param rounds how often each side is measured
	 * @param goal the goal of both ratios, or {@code null} if there is none
	 * @return the two comparisons
	 */
	public List<Comparison> measure(int rounds, @Nullable Goal goal) {
		List<Round> times = new ArrayList<>();
		List<Round> bytes = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			JmhMethod.Cost library = new JmhMethod(this.benchmark, "library", this.parameters).measure();
			JmhMethod.Cost floor = new JmhMethod(this.benchmark, "floor", this.parameters).measure();
			times.add(new Round(library.nanoseconds(), floor.nanoseconds()));
			bytes.add(new Round(library.bytes(), floor.bytes()));
		}
		return List.of(new Comparison(this.what, this.baseline, "ns", times, goal),
				new Comparison(this.what + ", allocation", this.baseline, "B", bytes, goal));
	}

}
