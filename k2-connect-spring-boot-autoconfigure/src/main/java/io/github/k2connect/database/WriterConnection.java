package io.github.k2connect.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.InvalidK2ConfigurationException;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.ClassUtils;

/**
 * The connection of a {@link GroupedWriter}, which no other code of the application uses.
 * So a call never waits for a connection of a pool whose connections callers hold.
 *
 * @param database the database over this connection
 * @param closing closes the connection
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record WriterConnection(K2Database database, Runnable closing) implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(WriterConnection.class);

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			WriterConnection.class.getClassLoader());

	/**
	 * Return the connection: the application's own, or one beside the pool with the
	 * settings of the pool.
	 * @param own the application's own, or {@code null}
	 * @param database the database
	 * @param reason the reason for the connection, for the failure
	 * @return the connection
	 * @throws InvalidK2ConfigurationException if there is no such connection
	 */
	public static WriterConnection of(@Nullable DataSource own, K2Database database, String reason) {
		if (own != null) {
			K2Database other = database.over(own);
			if (!other.has(other.taskTable(), "task_name")) {
				throw new InvalidK2ConfigurationException("The @K2DataSource has no table " + other.taskTable() + ".",
						"Give it the database of the application's DataSource.");
			}
			return new WriterConnection(other, () -> {
			});
		}
		DataSource pool = database.dataSource();
		HikariDataSource beside = HIKARI ? SingleConnectionPool.beside(pool) : null;
		if (beside == null || !isSame(pool, beside)) {
			if (beside != null) {
				beside.close();
			}
			throw new InvalidK2ConfigurationException(
					reason + ", which needs a connection of its own, and none can be opened beside the connection pool:"
							+ " the pool is not HikariCP, or its connections lead to another place.",
					"Declare a second DataSource of the same database, with one connection, annotated with @K2DataSource"
							+ " and @Bean(defaultCandidate = false).");
		}
		return new WriterConnection(database.over(beside), beside::close);
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
			logger.warn("The place of a connection cannot be determined: " + ex.getMessage());
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
