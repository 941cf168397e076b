package io.github.k2connect.simulation;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The application's listener. Its effect is a row, written in the transaction of the
 * delivery. It catches errors of its audit, as listeners should not but do.
 */
final class SimulatedListener {

	private final World world;

	private final JdbcTemplate jdbc;

	SimulatedListener(World world, FaultyDataSource dataSource) {
		this.world = world;
		this.jdbc = new JdbcTemplate(dataSource);
	}

	void onEvent(Object event) {
		String name = Message.nameOf(event);
		if (this.world.failsListener(name)) {
			throw new IllegalStateException("The listener failed before its effect");
		}
		this.jdbc.update("INSERT INTO effect (event) VALUES (?)", name);
		try {
			this.jdbc.update("INSERT INTO audit (event) VALUES (?)", name);
		}
		catch (DataAccessException ex) {
			// The application does not need its audit.
		}
		if (this.world.failsListener(name)) {
			throw new IllegalStateException("The listener failed after its effect");
		}
	}

}
