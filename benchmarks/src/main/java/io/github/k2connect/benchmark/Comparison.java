package io.github.k2connect.benchmark;

import java.util.DoubleSummaryStatistics;
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
		DoubleSummaryStatistics ratios = this.rounds.stream().mapToDouble(Round::ratio).summaryStatistics();
		return String.format(Locale.ROOT, "| %s | %s | %s | %s | %.2f (%.2f to %.2f) | %s | %s |", this.what,
				this.baseline, figure(measured()), figure(median(Round::baseline)), ratio(), ratios.getMin(),
				ratios.getMax(), (this.goal != null) ? this.goal : "", reached());
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
		return Median.of(this.rounds.stream().mapToDouble(value).toArray());
	}

}
