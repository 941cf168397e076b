package io.github.k2connect.sample.console;

import java.math.BigDecimal;

/**
 * An hour in the chart of the day, whose middle line is at 60 of 120.
 *
 * @param hour the hour
 * @param in what came in
 * @param out what went out
 * @param inHeight the height of the bar above the line
 * @param outHeight the height of the bar below the line
 */
record Bar(int hour, BigDecimal in, BigDecimal out, int inHeight, int outHeight) {

	private static final int MAX_HEIGHT = 55;

	/**
	 * Create a bar.
	 * @param hour the hour
	 * @param turnover the money of the hour
	 * @param max the largest amount of the chart, positive
	 * @return the bar
	 */
	static Bar of(int hour, Ledger.Turnover turnover, BigDecimal max) {
		return new Bar(hour, turnover.in(), turnover.out(), height(turnover.in(), max), height(turnover.out(), max));
	}

	private static int height(BigDecimal amount, BigDecimal max) {
		return (int) Math.ceil(amount.doubleValue() / max.doubleValue() * MAX_HEIGHT);
	}

}
