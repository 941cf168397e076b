package io.github.k2connect.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link K2SchemaInitializer}, on PostgreSQL.
 */
class K2SchemaInitializerTests {

	private static final String SCRIPT = "classpath:io/github/k2connect/database/schema-@@platform@@.sql";

	private static final DataSource dataSource = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(dataSource);

	@BeforeEach
	void emptyDatabase() {
		this.jdbc.sql("DROP SCHEMA IF EXISTS shop CASCADE").update();
		String schema = this.jdbc.sql("SELECT current_schema()").query(String.class).single();
		this.jdbc.sql("DROP SCHEMA " + schema + " CASCADE").update();
		this.jdbc.sql("CREATE SCHEMA " + schema).update();
	}

	private static K2SchemaInitializer initialize(String script, String prefix) {
		K2SchemaInitializer initializer = new K2SchemaInitializer(dataSource, InitializeSchema.ALWAYS, script, prefix);
		initializer.initializeDatabase();
		return initializer;
	}

	/**
	 * Return the tables, with the name of their schema unless that is the current one.
	 */
	private List<String> tables() {
		return this.jdbc
			.sql("SELECT CAST(to_regclass(schemaname || '.' || tablename) AS text) FROM pg_tables"
					+ " WHERE schemaname IN (current_schema(), 'shop') ORDER BY 1")
			.query((row, number) -> row.getString(1))
			.list();
	}

	/**
	 * Return the names of the indexes of a table, without that of its primary key.
	 */
	private List<String> indexes(String table) {
		return this.jdbc
			.sql("SELECT relname FROM pg_class JOIN pg_index ON oid = indexrelid"
					+ " WHERE indrelid = CAST(? AS regclass) AND NOT indisprimary ORDER BY 1")
			.param(table)
			.query((row, number) -> row.getString(1))
			.list();
	}

	private void assertHasAllIndexes(String schema, String prefix) {
		assertThat(indexes(schema + prefix + "event")).containsExactly(prefix + "event_handled_at",
				prefix + "event_reference");
		assertThat(indexes(schema + prefix + "task")).containsExactly(prefix + "task_execution_time",
				prefix + "task_last_heartbeat", prefix + "task_reference");
		assertThat(indexes(schema + prefix + "request")).containsExactly(prefix + "request_releasable_at",
				prefix + "request_started_at");
	}

	@Test
	void createsTablesWithTheirIndexesOnce() {
		for (int time = 0; time < 2; time++) {
			initialize(SCRIPT, "k2_");
			assertThat(tables()).containsExactly("k2_event", "k2_request", "k2_task");
			assertHasAllIndexes("", "k2_");
		}
	}

	@Test
	void createsAllTablesAndIndexesWithSecondPrefix() {
		initialize(SCRIPT, "k2_");
		initialize(SCRIPT, "second_");
		assertThat(tables()).containsExactly("k2_event", "k2_request", "k2_task", "second_event", "second_request",
				"second_task");
		assertHasAllIndexes("", "k2_");
		assertHasAllIndexes("", "second_");
	}

	@Test
	void createsTablesInSchemaOfPrefix() {
		this.jdbc.sql("CREATE SCHEMA shop").update();
		initialize(SCRIPT, "k2_");
		initialize(SCRIPT, "shop.k2_");
		assertThat(tables()).containsExactly("k2_event", "k2_request", "k2_task", "shop.k2_event", "shop.k2_request",
				"shop.k2_task");
		assertHasAllIndexes("", "k2_");
		assertHasAllIndexes("shop.", "k2_");
	}

	@Test
	void createsAllTablesAndIndexesWithSecondPrefixInH2() {
		DataSource h2 = TestTables.inH2();
		TestTables.create(h2, "second_");
		List<String> indexes = JdbcClient.create(h2)
			.sql("SELECT index_name FROM information_schema.indexes WHERE index_type_name = 'INDEX'")
			.query((row, number) -> row.getString(1))
			.list();
		assertThat(indexes).hasSize(14)
			.filteredOn((index) -> index.startsWith("SECOND_"))
			.containsExactlyInAnyOrder("SECOND_EVENT_HANDLED_AT", "SECOND_EVENT_REFERENCE",
					"SECOND_TASK_EXECUTION_TIME", "SECOND_TASK_LAST_HEARTBEAT", "SECOND_TASK_REFERENCE",
					"SECOND_REQUEST_RELEASABLE_AT", "SECOND_REQUEST_STARTED_AT");
	}

	@Test
	void createsNoTableInSchemaThatIsMissing() {
		K2SchemaInitializer initializer = initialize(SCRIPT, "shop.k2_");
		assertThat(tables()).isEmpty();
		assertThat(initializer.remedy()).contains("although k2.store.jdbc.initialize-schema is always")
			.contains("database/schema-postgresql.sql");
	}

	@ParameterizedTest
	@ValueSource(strings = { "EMBEDDED", "NEVER" })
	void createsNoTableUnlessAsked(InitializeSchema mode) {
		K2SchemaInitializer initializer = new K2SchemaInitializer(dataSource, mode, SCRIPT, "k2_");
		initializer.initializeDatabase();
		assertThat(tables()).isEmpty();
		assertThat(initializer.remedy()).contains("database/schema-postgresql.sql")
			.contains("k2.store.jdbc.initialize-schema=always");
	}

	@Test
	void runsScriptOfApplication(@TempDir Path directory) throws IOException {
		Files.writeString(directory.resolve("k2-postgresql.sql"),
				"CREATE TABLE IF NOT EXISTS @@table-prefix@@event (handled_at BIGINT, note VARCHAR(9) DEFAULT 'Züri');"
						+ "CREATE INDEX IF NOT EXISTS @@index-prefix@@own ON @@table-prefix@@event (handled_at);");
		this.jdbc.sql("CREATE SCHEMA shop").update();
		initialize(directory.toUri() + "k2-@@platform@@.sql", "shop.second_");
		assertThat(tables()).containsExactly("shop.second_event");
		assertThat(indexes("shop.second_event")).containsExactly("second_own");
		this.jdbc.sql("INSERT INTO shop.second_event (handled_at) VALUES (1)").update();
		assertThat(
				this.jdbc.sql("SELECT note FROM shop.second_event").query((row, number) -> row.getString(1)).single())
			.isEqualTo("Züri");
	}

	@Test
	void namesScriptsForDatabaseWithoutScript(@TempDir Path directory) {
		String script = directory.toUri() + "k2-@@platform@@.sql";
		K2SchemaInitializer initializer = initialize(script, "k2_");
		assertThat(tables()).isEmpty();
		assertThat(initializer.remedy()).startsWith("There is no script for this database").contains("k2-*.sql");
	}

	/**
	 * An upgrade needs the same columns in each database.
	 */
	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "mysql", "mariadb" })
	void hasSameColumnsInEveryScript(String platform) {
		assertThat(columns(platform)).hasSizeGreaterThan(20).isEqualTo(columns("h2"));
	}

	private static List<String> columns(String platform) {
		return matches(platform, "(?m)^CREATE TABLE IF NOT EXISTS (\\S+) |^\\t([a-z_]+) \\w+(?:\\(\\d+\\))?")
			.map((match) -> (match.group(1) != null) ? match.group(1) : match.group(2))
			.toList();
	}

	@ParameterizedTest
	@ValueSource(strings = { "postgresql", "mysql", "mariadb" })
	void hasSameIndexesInEveryScript(String platform) {
		assertThat(indexedColumns(platform)).hasSize(7).isEqualTo(indexedColumns("h2"));
	}

	private static List<String> indexedColumns(String platform) {
		return matches(platform, "INDEX (?:IF NOT EXISTS @@index-prefix@@)?([a-z_]+) (?:ON @@\\S+ )?\\((\\w+)\\)")
			.map((match) -> match.group(1) + " of " + match.group(2))
			.toList();
	}

	private static Stream<MatchResult> matches(String platform, String pattern) {
		try {
			String script = new ClassPathResource("schema-" + platform + ".sql", K2SchemaInitializer.class)
				.getContentAsString(StandardCharsets.UTF_8);
			return Pattern.compile(pattern).matcher(script).results();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@ParameterizedTest
	@CsvSource({ "true, k2_", "false, k2_", "true, shop.k2_" })
	void startsSeveralInstancesAtOnce(boolean autoCommit, String prefix) {
		int instances = 6;
		ExecutorService starts = Executors.newFixedThreadPool(instances);
		try (HikariDataSource pool = new HikariDataSource()) {
			pool.setDataSource(dataSource);
			pool.setAutoCommit(autoCommit);
			for (int round = 0; round < 10; round++) {
				emptyDatabase();
				this.jdbc.sql("CREATE SCHEMA shop").update();
				CyclicBarrier together = new CyclicBarrier(instances);
				List<CompletableFuture<List<Boolean>>> started = IntStream.range(0, instances)
					.mapToObj((instance) -> CompletableFuture.supplyAsync(() -> start(pool, prefix, together), starts))
					.toList();
				assertThat(started).allSatisfy((start) -> assertThat(start).succeedsWithin(Duration.ofSeconds(30))
					.isEqualTo(List.of(true, true, true)));
				assertHasAllIndexes(prefix.startsWith("shop.") ? "shop." : "", "k2_");
			}
		}
		finally {
			starts.shutdownNow();
		}
	}

	/**
	 * Start an instance.
	 * @return whether each table can be used
	 */
	private static List<Boolean> start(DataSource dataSource, String prefix, CyclicBarrier together) {
		try {
			together.await(30, TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		new K2SchemaInitializer(dataSource, InitializeSchema.ALWAYS, SCRIPT, prefix).initializeDatabase();
		K2Database database = new K2Database(dataSource, prefix);
		List<Boolean> usable = new ArrayList<>();
		usable.add(database.has(database.eventTable(), "reference"));
		usable.add(database.has(database.taskTable(), "reference"));
		usable.add(database.has(prefix + "request", "attempt_id"));
		return usable;
	}

}
