package io.github.k2connect.webhook.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.database.InitializeSchema;
import io.github.k2connect.webhook.store.StoreProperties.Jdbc;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventSchemaInitializer}, on PostgreSQL.
 */
class EventSchemaInitializerTests {

	private static final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	@BeforeEach
	void emptyDatabase() {
		this.jdbc.sql("DROP SCHEMA public CASCADE").update();
		this.jdbc.sql("CREATE SCHEMA public").update();
	}

	private static EventSchemaInitializer initialize(DataSource dataSource, String schema, String tableName) {
		EventSchemaInitializer initializer = new EventSchemaInitializer(dataSource,
				new Jdbc(InitializeSchema.ALWAYS, schema, tableName));
		initializer.initializeDatabase();
		return initializer;
	}

	private List<String> indexedForRetention() {
		return this.jdbc
			.sql("SELECT schemaname || '.' || tablename FROM pg_indexes WHERE indexdef LIKE '%(handled_at)'"
					+ " ORDER BY 1")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Test
	void createsTableWithItsIndexOnce() {
		for (int time = 0; time < 2; time++) {
			initialize(dataSource, Jdbc.SCHEMA, "k2_event");
			assertThat(indexedForRetention()).containsExactly("public.k2_event");
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "second_event", "shop.k2_event" })
	void createsNoTableWithAnotherName(String tableName) {
		EventSchemaInitializer initializer = initialize(dataSource, Jdbc.SCHEMA, tableName);
		assertThat(indexedForRetention()).isEmpty();
		assertThat(initializer.remedy()).contains("with a script of your own")
			.contains("webhook/store/schema-postgresql.sql");
	}

	@Test
	void runsScriptOfApplication(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("events-postgresql.sql"),
				"CREATE TABLE IF NOT EXISTS second_event (handled_at BIGINT);"
						+ "CREATE INDEX IF NOT EXISTS second_index ON second_event (handled_at);");
		initialize(dataSource, directory.toUri() + "events-@@platform@@.sql", "second_event");
		assertThat(indexedForRetention()).containsExactly("public.second_event");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void startsSeveralInstancesAtOnce(boolean autoCommit) {
		int instances = 6;
		ExecutorService starts = Executors.newFixedThreadPool(instances);
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(dataSource);
			pool.setAutoCommit(autoCommit);
			for (int round = 0; round < 10; round++) {
				this.jdbc.sql("DROP TABLE IF EXISTS k2_event").update();
				CyclicBarrier together = new CyclicBarrier(instances);
				List<CompletableFuture<Boolean>> started = IntStream.range(0, instances)
					.mapToObj((instance) -> CompletableFuture.supplyAsync(() -> start(pool, together), starts))
					.toList();
				assertThat(started)
					.allSatisfy((start) -> assertThat(start).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true));
				assertThat(indexedForRetention()).contains("public.k2_event");
			}
		}
		finally {
			starts.shutdownNow();
		}
	}

	private static boolean start(DataSource dataSource, CyclicBarrier together) {
		try {
			together.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		initialize(dataSource, Jdbc.SCHEMA, "k2_event");
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), "k2_event", Duration.ofDays(90),
				Duration.ofSeconds(20), Clock.systemUTC())
			.isUsable();
	}

}
