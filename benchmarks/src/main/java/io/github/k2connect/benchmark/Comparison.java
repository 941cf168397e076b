package io.github.k2connect.benchmark;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

import org.jspecify.annotations.Nullable;

/**
 * The library against something else. Both sides are measured in turns, so that a machine
 * that becomes slower makes both slower.
 *
 * @param what what the library does
 * @param baseline what it is compared with
 * @param unit the unit of the figures
 * @param rounds the figures
 * @param goal the goal of the ratio, or {@code null}
 */
public record Comparison(String what, String baseline, String unit, List<Round> rounds,
		@Nullable Goal goal) implements Row {

	/**
	 * Return the median of the library's figures.
	 * @return a figure
	 */
	public double measured() {
		return median(Round::measured);
	}

	/**
	 * Return the median of the rounds' ratios.
	 */
	double ratio() {
		return median(Round::ratio);
	}

	@Override
	public String markdown() {
		List<Double> ratios = sorted(Round::ratio);
		return String.format(Locale.ROOT, "| %s | %s | %s | %s | %.2f (%.2f to %.2f) | %s | %s |", this.what,
				this.baseline, figure(measured()), figure(median(Round::baseline)), ratio(), ratios.get(0),
				ratios.get(ratios.size() - 1), (this.goal != null) ? this.goal : "", reached());
	}

	private String reached() {
		if (this.goal == null) {
			return "";
		}
		return this.goal.isReached(ratio()) ? "yes" : "no";
	}

	private String figure(double value) {
		return String.format(Locale.ROOT, (value < 100) ? "%.2f %s" : "%,.0f %s", value, this.unit);
	}

	private double median(ToDoubleFunction<Round> value) {
		List<Double> values = sorted(value);
		int middle = values.size() / 2;
		return (values.size() % 2 != 0) ? values.get(middle) : (values.get(middle - 1) + values.get(middle)) / 2;
	}

	private List<Double> sorted(ToDoubleFunction<Round> value) {
		return this.rounds.stream().map(value::applyAsDouble).sorted(Comparator.naturalOrder()).toList();
	}

}
