package io.github.k2connect.benchmark;

import java.util.function.Consumer;

/**
 * Benchmarks that belong together.
 */
public interface Suite {

	/**
	 * Return the name by which the suite is run.
	 * @return a word
	 */
	String name();

	/**
	 * Run the benchmarks.
	 * @param rows takes each row as soon as it is measured
	 * @throws Exception if a benchmark fails, or does not do what it should
	 */
	void run(Consumer<Row> rows) throws Exception;

}
