package io.github.k2connect.benchmark;

import java.util.Arrays;

/**
 * The median of several figures.
 */
final class Median {

	private Median() {
	}

	/**
	 * Return the median.
	 * @param figures at least one figure
	 * @return the figure in the middle, or the mean of the two in the middle
	 */
	static double of(double... figures) {
		double[] sorted = figures.clone();
		Arrays.sort(sorted);
		return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
	}

}
