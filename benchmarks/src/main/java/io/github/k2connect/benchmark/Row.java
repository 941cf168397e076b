package io.github.k2connect.benchmark;

/**
 * A row of the table.
 */
public interface Row {

	/**
	 * Return the row in Markdown: what, against, figure, other figure, ratio, goal and
	 * whether it is reached.
	 * @return a line
	 */
	String markdown();

}
