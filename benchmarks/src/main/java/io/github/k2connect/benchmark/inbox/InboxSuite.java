package io.github.k2connect.benchmark.inbox;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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

import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * How many webhooks the inbox receives and handles in a second, against controllers that
 * publish them with Spring Modulith's registry in a database.
 */
public final class InboxSuite implements Suite {

	private static final Map<String, String> INBOX = Map.of("k2.webhook.mode", "inbox");

	private static final String MODULITH = "Spring Modulith";

	private static final String VERIFYING_MODULITH = "Spring Modulith, verifying signatures and recognizing duplicates";

	/**
	 * The JDBC URL of a MariaDB server, whose user may create databases.
	 */
	private static final @Nullable String MARIADB = System.getProperty("k2.test.mariadb");

	private static final Goal AHEAD = Goal.atLeast(1);

	private static final int REQUESTS = Integer.getInteger("benchmark.inbox.requests", 6_000);

	private static final int ROUNDS = Integer.getInteger("benchmark.inbox.rounds", 10);

	private static final int SHORT_ROUNDS = Math.min(ROUNDS, 5);

	private static final int WARM_UP = 10;

	@Override
	public String name() {
		return "inbox";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		try (Postgres postgres = Postgres.start()) {
			compare("PostgreSQL", postgres, rows);
			HandlingTimes times = new HandlingTimes(inbox(postgres.create("times")));
			times.measureLatency(SHORT_ROUNDS, rows);
			times.measureBurst(SHORT_ROUNDS, rows);
		}
		try (Postgres postgres = Postgres.startDurable()) {
			compare("PostgreSQL with commits that wait for the disk", postgres, rows);
		}
		if (MARIADB != null) {
			measure("MariaDB", mariadb("benchmark_inbox"), MODULITH,
					() -> ApplicationProcess.startModulith(mariadb("benchmark_modulith")), null, rows);
		}
		measure("H2", Map.of(), MODULITH, () -> ApplicationProcess.startModulith(Map.of()), null, rows);
	}

	private static void compare(String product, Postgres postgres, Consumer<Row> rows) throws Exception {
		measure(product, postgres.create("inbox"), VERIFYING_MODULITH,
				() -> ApplicationProcess.startVerifyingModulith(postgres.create("verifying_modulith")), AHEAD, rows);
		measure(product, postgres.create("second_inbox"), MODULITH,
				() -> ApplicationProcess.startModulith(postgres.create("modulith")), AHEAD, rows);
	}

	/**
	 * Create a database of the MariaDB server.
	 */
	private static Map<String, String> mariadb(String name) {
		String server = Objects.requireNonNull(MARIADB);
		new JdbcTemplate(new DriverManagerDataSource(server)).execute("CREATE OR REPLACE DATABASE " + name);
		return Map.of("spring.datasource.url", server.replaceFirst("/(?=\\?|$)", "/" + name),
				"k2.store.jdbc.initialize-schema", "always");
	}

	private static Map<String, String> inbox(Map<String, String> database) {
		Map<String, String> properties = new HashMap<>(INBOX);
		properties.putAll(database);
		return properties;
	}

	private static void measure(String product, Map<String, String> database, String baseline,
			Callable<ApplicationProcess> other, @Nullable Goal goal, Consumer<Row> rows) throws Exception {
		Map<String, String> properties = inbox(database);
		List<Comparison> comparisons = new LoadComparison("receive with `mode=inbox` on " + product, baseline,
				() -> ApplicationProcess.start(properties), other)
			.measure(REQUESTS, WARM_UP, ROUNDS, goal);
		comparisons.forEach(rows);
	}

}
