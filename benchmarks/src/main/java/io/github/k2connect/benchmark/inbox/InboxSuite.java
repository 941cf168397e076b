package io.github.k2connect.benchmark.inbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.LoadComparison;
import io.github.k2connect.benchmark.load.Postgres;
import org.jspecify.annotations.Nullable;

/**
 * How many webhooks the inbox receives and handles in a second, against controllers that
 * publish them with Spring Modulith's registry in a database.
 */
public final class InboxSuite implements Suite {

	private static final Map<String, String> INBOX = Map.of("k2.webhook.mode", "inbox");

	private static final String MODULITH = "Spring Modulith";

	private static final Goal AHEAD = Goal.atLeast(1);

	private static final int REQUESTS = Integer.getInteger("benchmark.inbox.requests", 6_000);

	private static final int ROUNDS = Integer.getInteger("benchmark.inbox.rounds", 10);

	private static final int WARM_UP = 10;

	@Override
	public String name() {
		return "inbox";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (Postgres postgres = Postgres.start()) {
			measure("PostgreSQL", postgres.create("inbox"), MODULITH,
					() -> ApplicationProcess.startModulith(postgres.create("modulith")), AHEAD, rows);
			measure("PostgreSQL", postgres.create("second_inbox"),
					"Spring Modulith, verifying signatures and recognizing duplicates",
					() -> ApplicationProcess.startVerifyingModulith(postgres.create("verifying_modulith")), null, rows);
		}
		try (Postgres postgres = Postgres.startDurable()) {
			measure("PostgreSQL with commits that wait for the disk", postgres.create("inbox"), MODULITH,
					() -> ApplicationProcess.startModulith(postgres.create("modulith")), AHEAD, rows);
		}
		measure("H2", Map.of(), MODULITH, () -> ApplicationProcess.startModulith(Map.of()), AHEAD, rows);
	}

	private static void measure(String product, Map<String, String> database, String baseline,
			Callable<ApplicationProcess> other, @Nullable Goal goal, Consumer<Row> rows) throws Exception {
		Map<String, String> properties = new HashMap<>(INBOX);
		properties.putAll(database);
		List<Comparison> comparisons = new LoadComparison("receive with `mode=inbox` on " + product, baseline,
				() -> ApplicationProcess.start(properties), other)
			.measure(REQUESTS, WARM_UP, ROUNDS, goal);
		comparisons.forEach(rows);
	}

}
