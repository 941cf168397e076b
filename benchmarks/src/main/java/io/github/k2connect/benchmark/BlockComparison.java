package io.github.k2connect.benchmark;

import java.util.ArrayList;
import java.util.List;

/**
 * Two calls that wait for something, such as an answer, in turns: a block of the one,
 * then a block of the other.
 *
 * @param what what the library does
 * @param baseline what it is compared with
 * @param library a call of the library
 * @param floor a call of what it is compared with
 */
public record BlockComparison(String what, String baseline, Runnable library, Runnable floor) {

	private static final int CALLS_PER_BLOCK = 100;

	private static final int BLOCKS_PER_ROUND = 30;

	private static final int WARM_UP_ROUNDS = 3;

	/**
	 * Measure the time of one call.
	 * @param rounds how many rounds, each with the medians of many blocks
	 * @return the comparison
	 */
	public Comparison measure(int rounds) {
		for (int i = 0; i < WARM_UP_ROUNDS; i++) {
			round();
		}
		List<Round> results = new ArrayList<>();
		for (int i = 0; i < rounds; i++) {
			results.add(round());
		}
		return new Comparison(this.what, this.baseline, "µs", results, null);
	}

	private Round round() {
		double[] libraries = new double[BLOCKS_PER_ROUND];
		double[] floors = new double[BLOCKS_PER_ROUND];
		for (int i = 0; i < BLOCKS_PER_ROUND; i++) {
			if (i % 2 == 0) {
				libraries[i] = block(this.library);
				floors[i] = block(this.floor);
			}
			else {
				floors[i] = block(this.floor);
				libraries[i] = block(this.library);
			}
		}
		return new Round(Median.of(libraries), Median.of(floors));
	}

	private static double block(Runnable call) {
		long start = System.nanoTime();
		for (int i = 0; i < CALLS_PER_BLOCK; i++) {
			call.run();
		}
		return (System.nanoTime() - start) / 1e3 / CALLS_PER_BLOCK;
	}

}
