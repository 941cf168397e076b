package io.github.k2connect.database;

import java.sql.SQLException;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariConfigMXBean;
import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.jdbc.DataSourceUnwrapper;
import org.springframework.jdbc.CannotGetJdbcConnectionException;

/**
 * A pool with one connection, which has the settings of another pool. HikariCP replaces
 * the connection when it is broken or too old.
 */
final class SingleConnectionPool {

	private static final long MAX_VALIDATION_MILLIS = 1000;

	private SingleConnectionPool() {
	}

	/**
	 * Create a pool beside another one.
	 * @param dataSource the other pool
	 * @return the pool, or {@code null} if the other one is not of HikariCP
	 * @throws CannotGetJdbcConnectionException if no further connection can be opened
	 */
	static @Nullable HikariDataSource beside(DataSource dataSource) {
		HikariDataSource pool = DataSourceUnwrapper.unwrap(dataSource, HikariConfigMXBean.class,
				HikariDataSource.class);
		if (pool == null) {
			return null;
		}
		try {
			return new HikariDataSource(settings(pool));
		}
		catch (RuntimeException ex) {
			throw new CannotGetJdbcConnectionException("No connection can be opened beside the connection pool",
					new SQLException(ex));
		}
	}

	/**
	 * Return the settings. The user and the password are those that the other pool has at
	 * the time, because they may change.
	 */
	private static HikariConfig settings(HikariDataSource pool) {
		HikariConfig settings = new HikariConfig();
		pool.copyStateTo(settings);
		settings.setPoolName(pool.getPoolName() + "-k2-writer");
		settings.setMaximumPoolSize(1);
		settings.setMinimumIdle(1);
		settings.setValidationTimeout(Math.min(pool.getValidationTimeout(), MAX_VALIDATION_MILLIS));
		if (settings.getCredentialsProvider() == null) {
			settings.setCredentialsProvider(pool::getCredentials);
		}
		return settings;
	}

}
