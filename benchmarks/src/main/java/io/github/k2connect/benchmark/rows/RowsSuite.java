package io.github.k2connect.benchmark.rows;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import javax.sql.DataSource;

import io.github.k2connect.benchmark.Goal;
import io.github.k2connect.benchmark.Row;
import io.github.k2connect.benchmark.Suite;
import io.github.k2connect.benchmark.load.LoadComparison;
import io.github.k2connect.benchmark.load.Postgres;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * How many webhooks are received in a second when the table of handled events has
 * millions of rows. The system property {@code benchmark.rows} sets how many it has at
 * last.
 */
public final class RowsSuite implements Suite {

	private static final int MILLION = 1_000_000;

	@Override
	public String name() {
		return "rows";
	}

	@Override
	public void run(Consumer<Row> rows) throws Exception {
		int most = Integer.getInteger("benchmark.rows", 10 * MILLION);
		try (Postgres postgres = Postgres.start()) {
			Map<String, String> empty = jdbc(postgres.create("empty"));
			Map<String, String> filled = jdbc(postgres.create("filled"));
			DataSource database = postgres.database("filled");
			JdbcTemplate table = new JdbcTemplate(database);
			new ResourceDatabasePopulator(new ClassPathResource("io/github/k2connect/database/schema-postgresql.sql"))
				.execute(database);
			int count = 0;
			while (count < most) {
				int added = Math.min(most, (count == 0) ? MILLION : most) - count;
				fill(table, added);
				count += added;
				rows.accept(
						new LoadComparison(String.format("receive with `store=jdbc` on PostgreSQL, %,d rows", count),
								"no row", filled, empty)
							.measure(4_000, 8, 10, Goal.atLeast(0.9))
							.get(0));
			}
		}
	}

	private static Map<String, String> jdbc(Map<String, String> database) {
		Map<String, String> properties = new HashMap<>(database);
		properties.put("k2.store.type", "jdbc");
		return properties;
	}

	/**
	 * Add events of the last ninety days. The indexes are built afterwards, which takes
	 * less time.
	 */
	private static void fill(JdbcTemplate table, int count) {
		table.execute("ALTER TABLE k2_event DROP CONSTRAINT k2_event_pkey");
		table.execute("DROP INDEX k2_event_handled_at");
		table.update("""
				INSERT INTO k2_event (event_key, kind, event_id, handled_at)
				SELECT md5(random()::text) || md5(random()::text), 'buygoods_transaction_received',
					gen_random_uuid()::text,
					(extract(epoch FROM now()) * 1000)::bigint - 7776000000 + n * (7776000000 / ?)
				FROM generate_series(1, ?) n""", count, count);
		table.execute("ALTER TABLE k2_event ADD PRIMARY KEY (event_key)");
		table.execute("CREATE INDEX k2_event_handled_at ON k2_event (handled_at)");
		table.execute("VACUUM ANALYZE k2_event");
		table.execute("CHECKPOINT");
	}

}
