package io.github.k2connect.benchmark.instances;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import io.github.k2connect.benchmark.Figure;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.ApplicationProcess;
import io.github.k2connect.benchmark.load.Load;
import io.github.k2connect.benchmark.load.LoadGenerator;
import io.github.k2connect.benchmark.load.Postgres;
import io.github.k2connect.benchmark.load.Webhooks;

/**
 * How many webhooks one, two and four instances receive in a second on one PostgreSQL
 * server, and what takes the processors.
 */
public final class InstancesSuite implements Suite {

	private static final Map<String, String> DIRECT = Map.of("k2.store.type", "jdbc");

	private static final Map<String, String> INBOX = Map.of("k2.webhook.mode", "inbox");

	private static final int CONNECTIONS = 16;

	private static final int WARM_UP = 7;

	@Override
	public String name() {
		return "instances";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (Postgres postgres = Postgres.start()) {
			for (int count : List.of(1, 2, 4)) {
				measure(postgres, "direct", DIRECT, count, 6_000, rows);
			}
			for (int count : List.of(1, 2, 4)) {
				measure(postgres, "inbox", INBOX, count, 4_000, rows);
			}
		}
	}

	private static void measure(Postgres postgres, String mode, Map<String, String> properties, int count, int requests,
			Consumer<Row> rows) throws Exception {
		Map<String, String> all = new HashMap<>(properties);
		all.putAll(postgres.create(mode + count));
		List<ApplicationProcess> instances = new ArrayList<>();
		try {
			for (int i = 0; i < count; i++) {
				instances.add(ApplicationProcess.start(all));
			}
			try (LoadGenerator load = new LoadGenerator(instances, CONNECTIONS)) {
				load.warmUp(requests, WARM_UP * count);
				Webhooks webhooks = Webhooks.sign(3 * requests);
				long before = postgres.processorTime().toNanos();
				Load measured = load.send(webhooks);
				long server = postgres.processorTime().toNanos() - before;
				rows.accept(new Figure("receive with " + count + ((count == 1) ? " instance, " : " instances, ") + mode,
						describe(measured, server), "", true));
			}
		}
		finally {
			for (ApplicationProcess instance : instances) {
				instance.close();
			}
		}
	}

	private static String describe(Load load, long serverNanos) {
		double processors = (double) load.handledNanos() * Runtime.getRuntime().availableProcessors() / 100;
		return String.format(Locale.ROOT,
				"%,.0f answered and %,.0f handled 1/s (processors: %.0f %% PostgreSQL, %.0f %% instances)",
				load.answeredPerSecond(), load.handledPerSecond(), serverNanos / processors,
				load.processorNanos() / processors);
	}

}
