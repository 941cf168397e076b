package io.github.k2connect.webhook.store;

import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the queries of a look at many payments, with 100,000 events.
 */
class ReferenceIndexTests {

	private static final int EVENTS = 100_000;

	private final DataSource database = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final List<String> queries = new ArrayList<>();

	private final JdbcEventStore store = new JdbcEventStore(new DelegatingDataSource(this.database) {

		@Override
		public Connection getConnection() throws SQLException {
			return recorded(super.getConnection());
		}

	}, new JdbcTransactionManager(this.database), "k2_event", Duration.ofDays(90), Duration.ofSeconds(20),
			Clock.systemUTC());

	private Connection recorded(Connection connection) {
		return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
				(proxy, method, arguments) -> {
					if (method.getName().equals("prepareStatement")) {
						this.queries.add((String) arguments[0]);
					}
					return method.invoke(connection, arguments);
				});
	}

	@BeforeEach
	void fill() {
		TestTables.create(this.database);
		this.jdbc
			.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at, reference) "
					+ "SELECT CAST(x AS VARCHAR(64)), 'buygoods_transaction_received', 'e', x, 'SK' || x "
					+ "FROM generate_series(1, :events) AS x")
			.param("events", EVENTS)
			.update();
		this.jdbc.sql("ANALYZE k2_event").update();
	}

	private String plan(String query, List<?> parameters) {
		return String.join("\n", this.jdbc.sql("EXPLAIN " + query).params(parameters).query(String.class).list());
	}

	@Test
	void findsReferencesWithIndex() {
		List<String> references = IntStream.range(0, 300).mapToObj((i) -> "SK" + i * 400).toList();
		KnownPayments known = this.store.knownPayments("default", references);
		assertThat(references).filteredOn(known::include).hasSize(250);
		assertThat(this.queries).singleElement()
			.satisfies((query) -> assertThat(plan(query, references)).contains("k2_event_reference")
				.doesNotContain("Seq Scan"));
	}

	@Test
	void findsManyReferencesWithFewQueries() {
		List<String> references = IntStream.rangeClosed(1, 50_000).mapToObj((i) -> "SK" + i).toList();
		KnownPayments known = this.store.knownPayments("default", references);
		assertThat(references).allMatch(known::include);
		assertThat(this.queries).hasSize(167);
	}

}
