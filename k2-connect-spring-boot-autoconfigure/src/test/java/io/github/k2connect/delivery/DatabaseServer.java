package io.github.k2connect.delivery;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import javax.sql.DataSource;

import org.springframework.boot.jdbc.DatabaseDriver;
import org.springframework.core.io.ClassPathResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/**
 * A running database.
 *
 * @param url where it is, for JDBC
 * @param username who may use it
 * @param password the password, which may be empty
 * @param server stops it
 */
public record DatabaseServer(String url, String username, String password, Closeable server) implements Closeable {

	DatabaseServer(String url, String username, Closeable server) {
		this(url, username, "", server);
	}

	JdbcClient jdbc() {
		return JdbcClient.create(dataSource());
	}

	/**
	 * Return connections to it.
	 */
	public DataSource dataSource() {
		return new DriverManagerDataSource(this.url, this.username, this.password);
	}

	/**
	 * Return the same database through MySQL's driver, if it is MariaDB.
	 */
	DatabaseServer withMysqlDriver() {
		return new DatabaseServer(this.url.replaceFirst("^jdbc:mariadb:", "jdbc:mysql:"), this.username, this.password,
				this.server);
	}

	/**
	 * The arguments of an application that uses it.
	 */
	List<String> arguments(String... more) {
		return Stream
			.concat(Stream.of("--spring.datasource.url=" + this.url, "--spring.datasource.username=" + this.username,
					"--spring.datasource.password=" + this.password, "--k2.store.jdbc.initialize-schema=always",
					"--spring.modulith.events.jdbc.schema-initialization.enabled=true"), Stream.of(more))
			.toList();
	}

	/**
	 * The application's own table. It has no key, so that an effect that is there twice
	 * is seen.
	 */
	void createEffects() {
		jdbc().sql("CREATE TABLE effect (event VARCHAR(200) NOT NULL)").update();
	}

	/**
	 * The table of Spring Modulith's registry. Two instances that start at once cannot
	 * both create it.
	 */
	void createEventPublications() {
		String platform = Objects.requireNonNull(DatabaseDriver.fromJdbcUrl(this.url).getId());
		new ResourceDatabasePopulator(new ClassPathResource(
				"org/springframework/modulith/events/jdbc/schemas/v2/schema-" + platform + ".sql"))
			.execute(dataSource());
	}

	List<String> effects() {
		return events("effect");
	}

	List<String> events(String table) {
		return jdbc().sql("SELECT event FROM " + table).query((row, number) -> row.getString(1)).list();
	}

	long count(String table) {
		return jdbc().sql("SELECT COUNT(*) FROM " + table).query(Long.class).single();
	}

	@Override
	public void close() throws IOException {
		this.server.close();
	}

}
