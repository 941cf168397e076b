package io.github.k2connect.database;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.github.k2connect.TestTables;
import io.github.k2connect.delivery.PostgresqlServer;
import io.github.k2connect.testfixtures.CodeBlock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

import static java.time.temporal.ChronoUnit.MINUTES;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/**
 * Tests for the SQL of the documentation, which changes or finds what the page says, in a
 * database that has other rows too: those of other tasks, accounts and tills, and those
 * that an application of its own has put into the table of tasks.
 */
class PageSqlTests {

	/**
	 * The beginning of a statement in a sentence, which a reader might run.
	 */
	private static final Pattern STATEMENT = Pattern
		.compile("(?:SELECT|INSERT INTO|UPDATE|DELETE FROM|ALTER|CREATE|DROP|TRUNCATE) \\w");

	private static final OffsetDateTime PARKED = OffsetDateTime.parse("2037-12-31T00:00:00Z");

	private final OffsetDateTime now = Instant.now().truncatedTo(MINUTES).atOffset(ZoneOffset.UTC);

	private final DataSource database = PostgresqlServer.createDataSource();

	private final JdbcClient jdbc = JdbcClient.create(this.database);

	private final Map<String, Consumer<String>> proofs = Map.of("delivery.md: CREATE TABLE payment (",
			this::createsPayments,
			"delivery.md: SELECT reference FROM payment WHERE received_at < CURRENT_TIMESTAMP - INTERVAL '10' MINUTE",
			this::findsPaymentsWithoutOrder, "inbox.md: UPDATE k2_task SET execution_time = now()",
			this::makesRowsOfWrongClockDue, "operations.md: SELECT kind, reference FROM k2_event",
			this::findsMissedPayments,
			"reconciliation.md: DELETE FROM k2_task WHERE task_name = 'k2-reconciliation' AND task_instance = 'default:112233';",
			this::makesTillCountAsNew, "scaling.md: ALTER TABLE k2_task", this::switchesStatisticsOff,
			"scaling.md: CREATE TABLE k2_event (", this::partitionsEvents);

	static List<CodeBlock> blocks() {
		return Stream
			.concat(CodeBlock.in("sql").stream(),
					CodeBlock.inSentences().stream().filter((code) -> STATEMENT.matcher(code.text()).lookingAt()))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void changesOnlyWhatIsMeant(CodeBlock block) {
		assertThat(this.proofs).containsKey(block.toString());
		Objects.requireNonNull(this.proofs.get(block.toString())).accept(block.text());
	}

	@Test
	void everyProofHasBlock() {
		assertThat(blocks()).map(CodeBlock::toString).containsExactlyInAnyOrderElementsOf(this.proofs.keySet());
	}

	private void execute(String sql) {
		new JdbcTemplate(this.database).execute(sql);
	}

	private void createTables() {
		TestTables.create(this.database);
	}

	private void insertTask(String task, String id, OffsetDateTime time) {
		insertTask(task, id, time, null);
	}

	private void insertTask(String task, String id, OffsetDateTime time, @Nullable OffsetDateTime heartbeat) {
		this.jdbc
			.sql("INSERT INTO k2_task (task_name, task_instance, task_data, execution_time, picked, last_heartbeat,"
					+ " version) VALUES (?, ?, ?, ?, ?, ?, 1)")
			.params(task, id, new byte[] { 1 }, time, heartbeat != null)
			.param(heartbeat)
			.update();
	}

	/**
	 * All columns of each row of the table of tasks, by its task and its id.
	 */
	private Map<String, String> tasks() {
		Map<String, String> tasks = new TreeMap<>();
		this.jdbc
			.sql("SELECT task_name || ' ' || task_instance AS name, execution_time, last_heartbeat,"
					+ " encode(task_data, 'hex') AS data, picked, version, consecutive_failures FROM k2_task")
			.query()
			.listOfRows()
			.forEach((row) -> tasks.put(String.valueOf(row.get("name")), row.toString()));
		return tasks;
	}

	private static List<String> changed(Map<String, String> before, Map<String, String> after) {
		assertThat(after).containsOnlyKeys(before.keySet());
		return before.keySet().stream().filter((name) -> !Objects.equals(before.get(name), after.get(name))).toList();
	}

	private OffsetDateTime time(String column, String id) {
		return this.jdbc.sql("SELECT " + column + " FROM k2_task WHERE task_name = 'k2-inbox' AND task_instance = ?")
			.param(id)
			.query(OffsetDateTime.class)
			.single();
	}

	private void makesRowsOfWrongClockDue(String sql) {
		createTables();
		for (String task : List.of("k2-inbox", "k2-follow-up", "k2-subscription", "k2-reconciliation", "invoices",
				"k2-invoices")) {
			insertTask(task, "late", this.now.plusDays(20));
			insertTask(task, "soon", this.now.plusHours(25));
			insertTask(task, "parked", PARKED);
			insertTask(task, "dead", this.now.minusDays(1), this.now.plusHours(5));
			insertTask(task, "running", this.now.minusDays(1), this.now);
		}
		Map<String, String> before = tasks();
		execute(sql);
		assertThat(changed(before, tasks())).containsExactlyInAnyOrder("k2-inbox late", "k2-follow-up late",
				"k2-subscription late", "k2-reconciliation late", "k2-inbox dead", "k2-follow-up dead",
				"k2-subscription dead", "k2-reconciliation dead");
		assertThat(time("execution_time", "late")).isCloseTo(this.now, within(10, MINUTES));
		assertThat(time("last_heartbeat", "dead")).isCloseTo(this.now, within(10, MINUTES));
	}

	private void makesTillCountAsNew(String sql) {
		createTables();
		for (String task : List.of("k2-inbox", "k2-follow-up", "k2-subscription", "k2-reconciliation", "invoices")) {
			for (String id : List.of("default:112233", "default:1122334", "default:445566", "branch:112233", "default",
					"check-1")) {
				insertTask(task, id, this.now);
			}
		}
		Set<String> before = tasks().keySet();
		execute(sql);
		Set<String> gone = new TreeSet<>(before);
		gone.removeAll(tasks().keySet());
		assertThat(gone).containsExactly("k2-reconciliation default:112233");
	}

	private void findsMissedPayments(String sql) {
		createTables();
		insertEvent("1", "buygoods_transaction_received", "TKO1");
		insertEvent("2", "missed_till_payment", "TKO2");
		insertEvent("3", "missed_till_reversal", "branch:TKO3");
		insertEvent("4", "unresolved_request", null);
		insertEvent("5", "missed-till-payment", "TKO5");
		assertThat(this.jdbc.sql(sql)
			.query((row, number) -> row.getString("kind") + " " + row.getString("reference"))
			.list()).containsExactly("missed_till_reversal branch:TKO3", "missed_till_payment TKO2");
		assertThat(events()).isEqualTo(5);
	}

	private void insertEvent(String key, String kind, @Nullable String reference) {
		this.jdbc
			.sql("INSERT INTO k2_event (event_key, kind, event_id, handled_at, reference) VALUES (?, ?, ?, ?, ?)"
					+ " ON CONFLICT DO NOTHING")
			.params(key, kind, key, Long.valueOf(key))
			.param(reference)
			.update();
	}

	private long events() {
		return this.jdbc.sql("SELECT COUNT(*) FROM k2_event").query(Long.class).single();
	}

	private void switchesStatisticsOff(String sql) {
		createTables();
		execute("ALTER TABLE k2_task ALTER COLUMN execution_time SET STATISTICS 100");
		insertTask("k2-inbox", "1", this.now);
		insertTask("k2-inbox", "2", PARKED);
		insertTask("invoices", "1", this.now);
		execute("ANALYZE k2_task");
		assertThat(statistics()).isOne();
		Map<String, String> before = tasks();
		execute(sql);
		execute("ANALYZE k2_task");
		assertThat(statistics()).isZero();
		assertThat(tasks()).isEqualTo(before);
	}

	private long statistics() {
		return this.jdbc
			.sql("SELECT COUNT(*) FROM pg_stats WHERE schemaname = current_schema() AND tablename = 'k2_task'"
					+ " AND attname = 'execution_time'")
			.query(Long.class)
			.single();
	}

	/**
	 * The page leaves out the columns, which are those of the script.
	 */
	private void partitionsEvents(String sql) {
		execute(sql.replace("…", columnsOfScript()));
		createTables();
		for (int i = 0; i < 40; i++) {
			insertEvent(Integer.toString(i), "customer_created", "TKO" + i);
			insertEvent(Integer.toString(i), "customer_created", "TKO" + i);
		}
		assertThat(events()).isEqualTo(40);
		assertThat(this.jdbc.sql("SELECT DISTINCT tableoid::regclass::text FROM k2_event").query(String.class).list())
			.containsExactlyInAnyOrder("k2_event_0", "k2_event_1", "k2_event_2", "k2_event_3");
		assertThat(this.jdbc
			.sql("SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND tablename = 'k2_event'")
			.query(String.class)
			.list()).contains("k2_event_handled_at", "k2_event_reference");
	}

	private static String columnsOfScript() {
		try {
			String script = new ClassPathResource("schema-postgresql.sql", K2SchemaInitializer.class)
				.getContentAsString(StandardCharsets.UTF_8);
			int start = script.indexOf('(') + 1;
			return script.substring(start, script.indexOf(");", start));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private void createsPayments(String sql) {
		execute(sql);
		this.jdbc.sql("INSERT INTO payment (reference, amount, currency) VALUES ('TKO1', 850.00, 'KES')").update();
		assertThat(this.jdbc
			.sql("INSERT INTO payment (reference, amount, currency) VALUES ('TKO1', 10, 'KES') ON CONFLICT DO NOTHING")
			.update()).isZero();
		assertThat(this.jdbc.sql("SELECT received_at IS NOT NULL FROM payment").query(Boolean.class).single()).isTrue();
	}

	private void findsPaymentsWithoutOrder(String sql) {
		blocks().stream()
			.filter((block) -> block.text().startsWith("CREATE TABLE payment"))
			.forEach((block) -> execute(block.text()));
		execute("CREATE TABLE orders (id VARCHAR(40) PRIMARY KEY, reference VARCHAR(40) UNIQUE)");
		this.jdbc.sql("INSERT INTO orders VALUES ('1', 'PAID'), ('2', NULL)").update();
		this.jdbc
			.sql("INSERT INTO payment VALUES ('PAID', 850, 'KES', CURRENT_TIMESTAMP - INTERVAL '1 day'),"
					+ " ('WAITS', 850, 'KES', CURRENT_TIMESTAMP - INTERVAL '11 minutes'),"
					+ " ('YOUNG', 850, 'KES', CURRENT_TIMESTAMP - INTERVAL '9 minutes')")
			.update();
		assertThat(this.jdbc.sql(sql).query(String.class).list()).containsExactly("WAITS");
	}

}
