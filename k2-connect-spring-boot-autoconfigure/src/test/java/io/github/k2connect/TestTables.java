package io.github.k2connect;

import java.sql.Connection;
import java.util.Objects;
import java.util.UUID;

import javax.sql.DataSource;

import org.h2.jdbcx.JdbcDataSource;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * The tables of k2-connect and of db-scheduler, for tests without an application.
 */
public final class TestTables {

	private TestTables() {
	}

	/**
	 * Return a new H2 database that has the tables.
	 */
	public static JdbcDataSource inH2() {
		JdbcDataSource database = new JdbcDataSource();
		database.setURL("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1");
		create(database);
		return database;
	}

	/**
	 * Create the tables with the scripts of the library.
	 */
	public static void create(DataSource database) {
		String url = Objects.requireNonNull(new JdbcTemplate(database)
			.execute((ConnectionCallback<String>) (Connection connection) -> connection.getMetaData().getURL()));
		String script = "/schema-" + DatabaseDriver.fromJdbcUrl(url).getId() + ".sql";
		new ResourceDatabasePopulator(new ClassPathResource("io/github/k2connect/scheduling" + script),
				new ClassPathResource("io/github/k2connect/webhook/store" + script))
			.execute(database);
	}

}
