package io.github.k2connect.followup;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.webhook.store.ConnectionPool;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.jdbc.metadata.DataSourcePoolMetadataProvider;
import org.springframework.util.ClassUtils;

/**
 * The connection of follow-up, which no other code of the application uses. So a call
 * never waits for a connection of a pool whose connections callers hold.
 *
 * @param dataSource has the connection
 * @param closing closes the connection
 */
record FollowUpConnection(DataSource dataSource, Runnable closing) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(FollowUpConnection.class);

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			FollowUpConnection.class.getClassLoader());

	/**
	 * Return the connection: the application's own, or one beside the pool with the
	 * settings of the pool, or one of the pool.
	 * @param own the application's own, or {@code null}
	 * @param scheduler the scheduler
	 * @param pools the providers of pool metadata
	 * @return the connection
	 */
	static FollowUpConnection of(@Nullable DataSource own, K2Scheduler scheduler,
			ObjectProvider<DataSourcePoolMetadataProvider> pools) {
		if (own != null) {
			if (!scheduler.hasTable(own)) {
				throw new InvalidK2ConfigurationException(
						"The @K2FollowUpDataSource has no table " + scheduler.tableName() + " of db-scheduler.",
						"Give it the database of db-scheduler.");
			}
			return new FollowUpConnection(own, () -> {
			});
		}
		DataSource pool = scheduler.dataSource();
		HikariDataSource beside = HIKARI ? SingleConnectionPool.beside(pool) : null;
		if (beside != null) {
			try {
				if (isSame(pool, beside) && scheduler.hasTable(beside)) {
					return new FollowUpConnection(beside, beside::close);
				}
			}
			catch (RuntimeException ex) {
				beside.close();
				throw ex;
			}
			beside.close();
		}
		return kept(pool, pools);
	}

	private static FollowUpConnection kept(DataSource pool, ObjectProvider<DataSourcePoolMetadataProvider> pools) {
		Integer size = ConnectionPool.size(pool, pools);
		if (size != null && size < 2) {
			throw new InvalidK2ConfigurationException(
					"k2.follow-up.enabled is true and the connection pool has only one connection. Follow-up needs one for itself.",
					"Make the pool larger, or declare a DataSource with @K2FollowUpDataSource.");
		}
		logger.info("Follow-up keeps one connection of the connection pool for itself");
		KeptConnection kept = KeptConnection.of(pool);
		return new FollowUpConnection(kept, kept::close);
	}

	/**
	 * Return whether two data sources have the same tables. A data source may set a
	 * schema after it has got a connection from its pool, for example.
	 */
	private static boolean isSame(DataSource one, DataSource other) {
		try {
			return place(one).equals(place(other));
		}
		catch (SQLException | RuntimeException | AbstractMethodError ex) {
			logger.debug("The place of a connection cannot be determined", ex);
			return false;
		}
	}

	private static List<@Nullable String> place(DataSource dataSource) throws SQLException {
		try (Connection connection = dataSource.getConnection()) {
			DatabaseMetaData metaData = connection.getMetaData();
			return Arrays.asList(metaData.getURL(), metaData.getUserName(), connection.getCatalog(),
					connection.getSchema());
		}
	}

	@Override
	public void close() {
		this.closing.run();
	}

}
