package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Stream;

import javax.sql.DataSource;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;

import org.springframework.boot.logging.LogLevel;
import org.springframework.boot.logging.LoggingSystem;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * A PostgreSQL server. By default its commits do not wait for the disk: what is measured
 * is the work of its processes.
 */
public final class Postgres implements AutoCloseable {

	private final Path directory;

	private final EmbeddedPostgres server;

	private Postgres(Path directory, boolean durable) throws IOException {
		this.directory = directory;
		this.server = EmbeddedPostgres.builder()
			.setDataDirectory(directory)
			.setServerConfig("fsync", durable ? "on" : "off")
			.setServerConfig("synchronous_commit", durable ? "on" : "off")
			.setServerConfig("full_page_writes", durable ? "on" : "off")
			.setServerConfig("max_wal_size", "8GB")
			.setServerConfig("autovacuum_naptime", "2s")
			.setServerConfig("shared_buffers", "1GB")
			.setServerConfig("maintenance_work_mem", "1GB")
			.start();
	}

	/**
	 * Start a server.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Postgres start() throws IOException {
		return start(false);
	}

	/**
	 * Start a server whose commits wait for the disk.
	 * @return the server
	 * @throws IOException if it does not start
	 */
	public static Postgres startDurable() throws IOException {
		return start(true);
	}

	private static Postgres start(boolean durable) throws IOException {
		LoggingSystem.get(Postgres.class.getClassLoader()).setLogLevel(EmbeddedPostgres.class.getName(), LogLevel.WARN);
		return new Postgres(Files.createTempDirectory("postgres"), durable);
	}

	/**
	 * Create a database.
	 * @param name the name of the database
	 * @return the properties of an application that uses it
	 */
	public Map<String, String> create(String name) {
		new JdbcTemplate(this.server.getPostgresDatabase()).execute("CREATE DATABASE " + name);
		return Map.of("spring.datasource.url", this.server.getJdbcUrl("postgres", name),
				"k2.store.jdbc.initialize-schema", "always");
	}

	/**
	 * Return access to a database.
	 * @param name the name of the database
	 * @return a data source without a pool
	 */
	public DataSource database(String name) {
		return this.server.getDatabase("postgres", name);
	}

	/**
	 * Return how much time of the processors the server has taken.
	 * @return the time of the processes that run
	 * @throws IOException if the server has stopped
	 */
	public Duration processorTime() throws IOException {
		long pid = Long.parseLong(Files.readAllLines(this.directory.resolve("postmaster.pid")).get(0));
		return ProcessHandle.of(pid)
			.stream()
			.flatMap((server) -> Stream.concat(Stream.of(server), server.descendants()))
			.flatMap((process) -> process.info().totalCpuDuration().stream())
			.reduce(Duration.ZERO, Duration::plus);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
