package io.github.k2connect.benchmark.growth;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Figure;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.JmhMethod;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;

/**
 * How the time to verify and decode a message grows with its size.
 */
public final class GrowthSuite implements Suite {

	private static final int ROUNDS = 5;

	private static final int KILOBYTE = 1024;

	private static final int SMALL = 4;

	private static final int LARGE = 256;

	@Override
	public String name() {
		return "growth";
	}

	@Override
	public void run(Consumer<Row> rows) {
		for (LargeMessage message : LargeMessage.values()) {
			String what = "verify and decode " + message.title();
			for (int kilobytes : List.of(1, SMALL, 16, 64, LARGE)) {
				rows.accept(new Figure(what + " of " + kilobytes + " KB",
						String.format(Locale.ROOT, "%,.0f ns per KB", timePerKilobyte(message, kilobytes)), "", true));
			}
			List<Round> rounds = new ArrayList<>();
			for (int i = 0; i < ROUNDS; i++) {
				rounds.add(new Round(timePerKilobyte(message, LARGE), timePerKilobyte(message, SMALL)));
			}
			rows.accept(new Comparison(what + ", each of " + LARGE + " KB", "each of " + SMALL + " KB", "ns", rounds,
					Goal.atMost(1.3)));
		}
	}

	private static double timePerKilobyte(LargeMessage message, int kilobytes) {
		int size = kilobytes * KILOBYTE;
		Map<String, String> parameters = Map.of("message", message.name(), "size", Integer.toString(size));
		return new JmhMethod(GrowthBenchmark.class, "library", parameters).measure().nanoseconds() * KILOBYTE
				/ message.body(size).length;
	}

}
