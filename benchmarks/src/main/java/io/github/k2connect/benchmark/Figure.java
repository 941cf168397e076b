package io.github.k2connect.benchmark;

/**
 * A figure that is compared with nothing, or only with a limit.
 *
 * @param what what was measured
 * @param figure the figure with its unit
 * @param goal the goal, or an empty text
 * @param reached whether the goal is reached
 */
public record Figure(String what, String figure, String goal, boolean reached) implements Row {

	@Override
	public String markdown() {
		return "| " + this.what + " | | " + this.figure + " | | | " + this.goal + " | "
				+ (this.goal.isEmpty() ? "" : this.reached ? "yes" : "no") + " |";
	}

}
