package io.github.k2connect.benchmark.heap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Round;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.LoadGenerator;
import io.github.k2connect.benchmark.load.Webhooks;

/**
 * The heap that is in use after a million webhooks, when the store in memory has as many
 * events as it may have, against the heap when it has just become full.
 */
public final class HeapSuite implements Suite {

	private static final int FULL = 10_000;

	private static final int REQUESTS = 1_000_000;

	@Override
	public String name() {
		return "heap";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (ApplicationProcess application = ApplicationProcess
			.start(Map.of("k2.store.type", "memory", "k2.store.memory.max-entries", String.valueOf(FULL)));
				LoadGenerator load = new LoadGenerator(List.of(application), 16)) {
			load.send(Webhooks.sign(FULL));
			double full = application.heap();
			List<Round> rounds = new ArrayList<>();
			for (int sent = 2 * FULL; sent <= REQUESTS; sent += FULL) {
				load.send(Webhooks.sign(FULL));
				if (sent > REQUESTS - 5 * FULL) {
					rounds.add(new Round(application.heap() / 1e6, full / 1e6));
				}
			}
			rows.accept(new Comparison("heap in use after 1,000,000 webhooks with `store=memory`",
					"after 10,000 webhooks", "MB", rounds, Goal.atMost(1.05)));
		}
	}

}
