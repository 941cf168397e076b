package io.github.k2connect.autoconfigure;

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
import io.github.k2connect.autoconfigure.K2Properties.InitializeSchema;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventSchemaInitializer}, on PostgreSQL.
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class EventSchemaInitializerTests {

	private static final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	@BeforeEach
	void emptyDatabase() {
		this.jdbc.sql("DROP SCHEMA public CASCADE").update();
		this.jdbc.sql("CREATE SCHEMA public").update();
		this.jdbc.sql("DROP SCHEMA IF EXISTS shop CASCADE").update();
		this.jdbc.sql("CREATE SCHEMA shop").update();
	}

	private static void initialize(DataSource dataSource, String tableName) {
		new EventSchemaInitializer(dataSource, new K2Properties.Jdbc(InitializeSchema.ALWAYS, tableName))
			.initializeDatabase();
	}

	private List<String> indexedForRetention() {
		return this.jdbc
			.sql("SELECT schemaname || '.' || tablename FROM pg_indexes WHERE indexdef LIKE '%(handled_at)'"
					+ " ORDER BY 1")
			.query((row, number) -> row.getString(1))
			.list();
	}

	@Test
	void everyTableHasItsIndex() {
		String longest = "a".repeat(62);
		List<String> tables = List.of("k2_event", "second_event", "shop.k2_event", longest + "b", longest + "c");
		for (int time = 0; time < 2; time++) {
			tables.forEach((table) -> initialize(dataSource, table));
			assertThat(indexedForRetention()).containsExactlyInAnyOrder("public.k2_event", "public.second_event",
					"shop.k2_event", "public." + longest + "b", "public." + longest + "c");
		}
	}

	@Test
	void theIndexOfTheUsualTableKeepsItsName() {
		assertThat(EventSchemaInitializer.indexName("k2_event")).isEqualTo("k2_event_handled_at");
		assertThat(EventSchemaInitializer.indexName("shop.k2_event")).isEqualTo("k2_event_handled_at");
		assertThat(EventSchemaInitializer.indexName("a".repeat(52))).hasSize(63).doesNotMatch(".*_[0-9a-f]{8}_.*");
		assertThat(EventSchemaInitializer.indexName("a".repeat(53))).hasSize(63).endsWith("_handled_at");
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void instancesThatStartAtOnceAllStart(boolean autoCommit) {
		int instances = 6;
		ExecutorService starts = Executors.newFixedThreadPool(instances);
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(dataSource);
			pool.setAutoCommit(autoCommit);
			for (int round = 0; round < 10; round++) {
				String table = "event_" + round;
				CyclicBarrier together = new CyclicBarrier(instances);
				List<CompletableFuture<Boolean>> started = IntStream.range(0, instances)
					.mapToObj((instance) -> CompletableFuture.supplyAsync(() -> start(pool, table, together), starts))
					.toList();
				assertThat(started)
					.allSatisfy((start) -> assertThat(start).succeedsWithin(Duration.ofSeconds(30)).isEqualTo(true));
				assertThat(indexedForRetention()).contains("public." + table);
			}
		}
		finally {
			starts.shutdownNow();
		}
	}

	private static boolean start(DataSource dataSource, String table, CyclicBarrier together) {
		try {
			together.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		initialize(dataSource, table);
		return new JdbcEventStore(dataSource, new JdbcTransactionManager(dataSource), table, Duration.ofDays(90),
				Duration.ofSeconds(20), Clock.systemUTC())
			.isUsable();
	}

}
