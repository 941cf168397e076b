package io.github.k2connect.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.testhelper.ManualScheduler;
import com.github.kagkarlsson.scheduler.testhelper.SettableClock;
import io.github.k2connect.TestTables;
import io.github.k2connect.scheduling.K2Task.Threads;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.ProbeTask;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.scheduling.TestScheduler;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for times on MariaDB when the connection has a time zone with summer time. Its
 * local time lacks one hour in March, and has one hour twice in October.
 */
class SummerTimeTests {

	private static final String ZONE = "Europe/Berlin";

	private static final Duration STEP = Duration.ofMinutes(30);

	@ParameterizedTest
	@CsvSource({ "false, 2026-03-29T00:00:00Z", "false, 2026-10-25T00:00:00Z", "true, 2026-03-29T00:00:00Z",
			"true, 2026-10-25T00:00:00Z" })
	void keepsTimesAroundChangeOfClock(boolean mysqlDriver, Instant start) throws Exception {
		try (DatabaseServer server = MariadbServer.createDatabase()) {
			boolean created = createZone(server);
			try {
				keepsTimes(withZone(mysqlDriver ? server.withMysqlDriver() : server), start);
			}
			finally {
				if (created) {
					dropZone(server);
				}
			}
		}
	}

	private static void keepsTimes(DataSource dataSource, Instant start) {
		List<Instant> times = Stream.iterate(start, (time) -> time.plus(STEP)).limit(8).toList();
		assertThat(JdbcClient.create(dataSource).sql("SELECT @@session.time_zone").query(String.class).single())
			.isEqualTo(ZONE);
		TestTables.create(dataSource);
		TaskTable table = new TaskTable(TestTables.of(dataSource));
		times.forEach((time) -> table.insert(List.of(new NewRow("any", time.toString(), "", null, time))));
		assertThat(table.all("any")).hasSameSizeAs(times)
			.allSatisfy((row) -> assertThat(row.time()).isEqualTo(Instant.parse(row.id())));
		ProbeTask task = new ProbeTask("any", Threads.EVENTS,
				(execution) -> NextStep.postpone(Instant.parse(execution.id()).plus(STEP), null));
		SettableClock clock = new SettableClock();
		ManualScheduler scheduler = TestScheduler.manual(TestTables.of(dataSource), clock, task);
		for (int due = 0; due < times.size(); due++) {
			clock.set(times.get(due));
			scheduler.runAnyDueExecutions();
			assertThat(task.executions).extracting((execution) -> Instant.parse(execution.id()))
				.hasSameElementsAs(times.subList(0, due + 1));
		}
		assertThat(table.all("any")).extracting(Row::time)
			.containsExactlyInAnyOrderElementsOf(times.stream().map((time) -> time.plus(STEP)).toList());
	}

	private static DataSource withZone(DatabaseServer server) {
		return new DriverManagerDataSource(server.url() + "?sessionVariables=time_zone='" + ZONE + "'",
				server.username(), server.password());
	}

	/**
	 * Create the time zone at the server, which has none unless somebody loads them.
	 * @return {@code false} if it has the time zone
	 */
	private static boolean createZone(DatabaseServer server) {
		JdbcClient jdbc = server.jdbc();
		boolean exists = jdbc.sql("SELECT COUNT(*) FROM mysql.time_zone_name WHERE name = ?")
			.param(ZONE)
			.query(Long.class)
			.single() > 0;
		if (exists) {
			return false;
		}
		Stream.of("INTO mysql.time_zone (time_zone_id) VALUES (9001)",
				"INTO mysql.time_zone_name (name, time_zone_id) VALUES ('" + ZONE + "', 9001)",
				"INTO mysql.time_zone_transition_type (time_zone_id, transition_type_id, `offset`, is_dst, abbreviation)"
						+ " VALUES (9001, 0, 3600, 0, 'CET'), (9001, 1, 7200, 1, 'CEST')",
				"INTO mysql.time_zone_transition (time_zone_id, transition_time, transition_type_id) VALUES (9001, "
						+ Instant.parse("2025-10-26T01:00:00Z").getEpochSecond() + ", 0), (9001, "
						+ Instant.parse("2026-03-29T01:00:00Z").getEpochSecond() + ", 1), (9001, "
						+ Instant.parse("2026-10-25T01:00:00Z").getEpochSecond() + ", 0)")
			.forEach((rows) -> jdbc.sql("INSERT " + rows).update());
		return true;
	}

	private static void dropZone(DatabaseServer server) {
		JdbcClient jdbc = server.jdbc();
		Stream.of("time_zone", "time_zone_name", "time_zone_transition_type", "time_zone_transition")
			.forEach((table) -> jdbc.sql("DELETE FROM mysql." + table + " WHERE time_zone_id = 9001").update());
	}

}
