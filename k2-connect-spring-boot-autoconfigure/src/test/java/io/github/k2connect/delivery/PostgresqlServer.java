package io.github.k2connect.delivery;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import javax.sql.DataSource;

import io.github.k2connect.testfixtures.ServerPort;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.util.function.SingletonSupplier;

/**
 * The PostgreSQL server that all tests of this JVM share. It stops with the JVM.
 */
public final class PostgresqlServer {

	private static final String USER = "postgres";

	private static final SingletonSupplier<EmbeddedPostgres> server = SingletonSupplier.of(PostgresqlServer::start);

	private PostgresqlServer() {
	}

	private static EmbeddedPostgres start() {
		try {
			return builder(ServerPort.find()).start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Start another server, which keeps its data when it is stopped.
	 */
	static EmbeddedPostgres start(int port, Path data) throws IOException {
		return builder(port).setDataDirectory(data).setCleanDataDirectory(false).start();
	}

	/**
	 * Return a builder. A {@link ServerPort} is not taken by a connection while the files
	 * of the server are created, which takes seconds.
	 */
	private static EmbeddedPostgres.Builder builder(int port) {
		return EmbeddedPostgres.builder().setPort(port).setPGStartupWait(Duration.ofSeconds(60));
	}

	/**
	 * Create an empty schema, which stays until the end. A database would take much
	 * longer.
	 */
	public static DataSource createDataSource() {
		return createSchema().dataSource();
	}

	/**
	 * Create an empty schema, which stays until the end.
	 */
	static DatabaseServer createSchema() {
		String schema = "k2_" + UUID.randomUUID().toString().replace("-", "");
		JdbcClient.create(server.obtain().getPostgresDatabase()).sql("CREATE SCHEMA " + schema).update();
		return new DatabaseServer(server.obtain().getJdbcUrl(USER, USER) + "&currentSchema=" + schema, USER, () -> {
		});
	}

}
