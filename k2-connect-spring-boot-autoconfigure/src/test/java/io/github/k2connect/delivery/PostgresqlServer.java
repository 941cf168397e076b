package io.github.k2connect.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The PostgreSQL server that all tests of this JVM share. It stops with the JVM.
 */
public final class PostgresqlServer {

	private static final String USER = "postgres";

	private static final EmbeddedPostgres server = start();

	private PostgresqlServer() {
	}

	private static EmbeddedPostgres start() {
		try {
			return EmbeddedPostgres.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Create an empty database, which stays until the end.
	 */
	public static DataSource createDataSource() {
		return server.getDatabase(USER, create());
	}

	/**
	 * Create an empty database, which is dropped when it is closed.
	 */
	static DatabaseServer createDatabase() {
		String database = create();
		return new DatabaseServer(server.getJdbcUrl(USER, database), USER,
				() -> execute("DROP DATABASE " + database + " WITH (FORCE)"));
	}

	private static String create() {
		String database = "k2_" + UUID.randomUUID().toString().replace("-", "");
		execute("CREATE DATABASE " + database);
		return database;
	}

	private static void execute(String sql) {
		JdbcClient.create(server.getPostgresDatabase()).sql(sql).update();
	}

}
