package io.github.k2connect.benchmark.endpoint;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.LoadComparison;

/**
 * How many webhooks the endpoint takes in a second, against a controller that takes the
 * body and does nothing with it.
 */
public final class EndpointSuite implements Suite {

	/**
	 * Nine tenths of what a controller reaches that computes the HMAC and reads the JSON
	 * once.
	 */
	private static final Goal NEAR_THE_LIMIT = Goal.atLeast(0.83);

	@Override
	public String name() {
		return "endpoint";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		List<Comparison> comparisons = new LoadComparison("receive a webhook", "bare `@PostMapping`",
				Map.of("k2.store.type", "none"), Map.of("k2.enabled", "false"))
			.measure(20_000, 15, 12, NEAR_THE_LIMIT);
		rows.accept(comparisons.get(0));
		rows.accept(comparisons.get(2));
	}

}
