package io.github.k2connect.benchmark.store;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import io.github.k2connect.benchmark.Comparison;
import io.github.k2connect.benchmark.Figure;
import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.LoadComparison;
import io.github.k2connect.benchmark.load.LoadGenerator;
import io.github.k2connect.benchmark.load.Postgres;
import io.github.k2connect.benchmark.load.Webhooks;

/**
 * What it costs to remember which events were handled, and how often a delivery waits for
 * the database.
 */
public final class StoreSuite implements Suite {

	private static final Map<String, String> NONE = Map.of("k2.store.type", "none");

	private static final Map<String, String> MEMORY = Map.of("k2.store.type", "memory");

	private static final Map<String, String> JDBC = Map.of("k2.store.type", "jdbc");

	private static final Map<String, String> INBOX = Map.of("k2.webhook.mode", "inbox");

	@Override
	public String name() {
		return "store";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (Postgres postgres = Postgres.start()) {
			rows.accept(new LoadComparison("receive with `store=memory`", "`store=none`", MEMORY, NONE)
				.measure(20_000, 12, 12, Goal.atLeast(0.95))
				.get(0));
			measure("H2", Map.of(), Map.of(), rows);
			measure("PostgreSQL", postgres.create("measured"), postgres.create("baseline"), rows);
			roundTrips("`store=none` on PostgreSQL", with(NONE, postgres.create("none")), rows);
			roundTrips("`store=jdbc` on H2", JDBC, rows);
			roundTrips("`store=jdbc` on PostgreSQL", with(JDBC, postgres.create("jdbc")), rows);
			roundTrips("`mode=inbox` on PostgreSQL", with(INBOX, postgres.create("inbox")), rows);
		}
	}

	private static void measure(String product, Map<String, String> measured, Map<String, String> baseline,
			Consumer<Row> rows) throws Exception {
		rows.accept(new LoadComparison("receive with `store=jdbc` on " + product, "`store=none`", with(JDBC, measured),
				with(NONE, baseline))
			.measure(4_000, 7, 6, null)
			.get(0));
		List<Comparison> inbox = new LoadComparison("receive with `mode=inbox` on " + product, "`store=none`",
				with(INBOX, measured), with(NONE, baseline))
			.measure(2_000, 7, 6, null);
		rows.accept(inbox.get(0));
		rows.accept(inbox.get(1));
	}

	private static Map<String, String> with(Map<String, String> properties, Map<String, String> others) {
		Map<String, String> all = new HashMap<>(properties);
		all.putAll(others);
		return all;
	}

	private static void roundTrips(String what, Map<String, String> properties, Consumer<Row> rows) throws Exception {
		int count = 1000;
		try (ApplicationProcess application = ApplicationProcess
			.start(with(properties, Map.of("benchmark.count-round-trips", "true")));
				LoadGenerator load = new LoadGenerator(List.of(application), 8)) {
			load.send(Webhooks.sign(count));
			Map<String, Long> before = application.roundTrips();
			load.send(Webhooks.sign(count));
			Map<String, Double> each = new TreeMap<>();
			application.roundTrips()
				.forEach(
						(command, sum) -> each.put(command, (sum - before.getOrDefault(command, 0L)) / (double) count));
			rows.accept(new Figure("round trips of a delivery with " + what, describe(each), "", true));
		}
	}

	private static String describe(Map<String, Double> each) {
		double sum = each.values().stream().mapToDouble(Double::doubleValue).sum();
		return String.format(Locale.ROOT, "%.1f", sum) + each.entrySet()
			.stream()
			.map((command) -> String.format(Locale.ROOT, "%s %.1f", command.getKey(), command.getValue()))
			.collect(Collectors.joining(", ", " (", ")"));
	}

}
