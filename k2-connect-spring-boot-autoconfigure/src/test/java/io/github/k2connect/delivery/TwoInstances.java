package io.github.k2connect.delivery;

import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

import io.github.k2connect.scheduling.K2Scheduler;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/**
 * Two instances of an application with one database. JUnit closes them.
 *
 * @param kind the kind of the database
 * @param database the database
 * @param properties the arguments of every instance
 * @param one an instance
 * @param other the other instance
 */
record TwoInstances(Database kind, DatabaseServer database, List<String> properties, ConfigurableApplicationContext one,
		ConfigurableApplicationContext other) implements AutoCloseable {

	/**
	 * Start two instances on each database.
	 */
	static Stream<TwoInstances> onEachDatabase(Class<?> application, String... properties) {
		return Database.available().stream().map((kind) -> start(kind, application, List.of(properties)));
	}

	private static TwoInstances start(Database kind, Class<?> application, List<String> properties) {
		try {
			DatabaseServer database = kind.start();
			database.createEffects();
			return new TwoInstances(kind, database, properties, run(database, application, properties),
					run(database, application, properties));
		}
		catch (SQLException ex) {
			throw new IllegalStateException(ex);
		}
	}

	private static ConfigurableApplicationContext run(DatabaseServer database, Class<?> application,
			List<String> properties) {
		return new SpringApplicationBuilder(application)
			.run(arguments(database, properties, "--server.port=0", "--k2.api-key=" + KopoKopo.API_KEY)
				.toArray(String[]::new));
	}

	/**
	 * Return the arguments of another instance.
	 */
	List<String> arguments(String... more) {
		return arguments(this.database, this.properties, more);
	}

	private static List<String> arguments(DatabaseServer database, List<String> properties, String... more) {
		List<String> arguments = new ArrayList<>(database.arguments("--k2.scheduler.polling-interval=50ms"));
		arguments.addAll(properties);
		Collections.addAll(arguments, more);
		return arguments;
	}

	Stream<ConfigurableApplicationContext> all() {
		return Stream.of(this.one, this.other);
	}

	void stopSchedulers() {
		schedulers().forEach(K2Scheduler::stop);
	}

	void startSchedulers() {
		schedulers().forEach(K2Scheduler::start);
	}

	private Stream<K2Scheduler> schedulers() {
		return all().map((instance) -> instance.getBean(K2Scheduler.class));
	}

	@Override
	public void close() throws IOException {
		this.one.close();
		this.other.close();
		this.database.close();
	}

	@Override
	public String toString() {
		return this.kind.name();
	}

}
