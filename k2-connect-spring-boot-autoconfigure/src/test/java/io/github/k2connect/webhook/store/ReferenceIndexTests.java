package io.github.k2connect.webhook.store;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.Test;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the index of references.
 */
class ReferenceIndexTests {

	private final DataSource dataSource = PostgresqlServer.createDataSource();

	/**
	 * The plan for a look at many payments, with 100,000 events.
	 */
	@Test
	void findsReferencesWithIndex() {
		new ResourceDatabasePopulator(new ClassPathResource("io/github/k2connect/webhook/store/schema-postgresql.sql"))
			.execute(this.dataSource);
		JdbcClient jdbc = JdbcClient.create(this.dataSource);
		jdbc.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at, reference) "
				+ "SELECT CAST(x AS VARCHAR(64)), 'buygoods_transaction_received', 'e', x, 'SK' || x "
				+ "FROM generate_series(1, 100000) AS x")
			.update();
		jdbc.sql("ANALYZE k2_event").update();
		List<String> references = IntStream.range(0, 300).mapToObj((i) -> "SK" + i * 400).toList();
		String plan = String.join("\n",
				jdbc.sql("EXPLAIN SELECT reference, kind FROM k2_event WHERE reference IN (:references)")
					.param("references", references)
					.query(String.class)
					.list());
		assertThat(plan).contains("k2_event_reference").doesNotContain("Seq Scan");
		KnownPayments known = new JdbcEventStore(this.dataSource, new JdbcTransactionManager(this.dataSource),
				JdbcEventStore.DEFAULT_TABLE_NAME, Duration.ofDays(90), Duration.ofSeconds(20), Clock.systemUTC())
			.knownPayments("default", references);
		assertThat(references).filteredOn(known::include).hasSize(250);
	}

}
