package io.github.k2connect;

import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.database.InitializeSchema;
import io.github.k2connect.database.K2Database;
import io.github.k2connect.database.K2SchemaInitializer;
import org.h2.jdbcx.JdbcDataSource;

/**
 * The tables of k2-connect, for tests without an application.
 */
public final class TestTables {

	private static final String PREFIX = "k2_";

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
	 * Create the tables with the script of the library.
	 */
	public static void create(DataSource database) {
		create(database, PREFIX);
	}

	/**
	 * Create the tables with other names.
	 */
	public static void create(DataSource database, String prefix) {
		new K2SchemaInitializer(database, InitializeSchema.ALWAYS,
				"classpath:io/github/k2connect/database/schema-@@platform@@.sql", prefix)
			.initializeDatabase();
	}

	/**
	 * Return the database of k2-connect.
	 */
	public static K2Database of(DataSource database) {
		return new K2Database(database, PREFIX);
	}

}
