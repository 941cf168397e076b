package io.github.k2connect.simulation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What happened in a world. Steps that happened within another step are indented.
 */
final class Trace {

	private final List<String> lines = new ArrayList<>();

	private int depth;

	void add(Instant time, String text) {
		this.lines.add(time + " " + "  ".repeat(this.depth) + text);
	}

	void indented(Runnable action) {
		this.depth++;
		try {
			action.run();
		}
		finally {
			this.depth--;
		}
	}

	List<String> lines() {
		return List.copyOf(this.lines);
	}

}
