package io.github.k2connect.database;

import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

import javax.sql.DataSource;

import com.zaxxer.hikari.HikariDataSource;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.Ticker;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.util.ClassUtils;

/**
 * The connection of a {@link GroupedWriter}, which no other code of the application uses.
 * So a call never waits for a connection of a pool whose connections callers hold. It is
 * the application's own, or one beside the pool with the settings of the pool, and is
 * opened when it is first needed.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WriterConnection implements AutoCloseable {

	private static final Log logger = LogFactory.getLog(WriterConnection.class);

	private static final boolean HIKARI = ClassUtils.isPresent("com.zaxxer.hikari.HikariDataSource",
			WriterConnection.class.getClassLoader());

	/**
	 * How long a failure is reported to others, instead of trying again.
	 */
	private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

	private final @Nullable DataSource own;

	private final K2Database database;

	private final ReentrantLock lock = new ReentrantLock();

	private volatile @Nullable Opened opened;

	private volatile @Nullable Place place;

	private @Nullable Failure failure;

	/**
	 * Create the connection. This does not open it.
	 * @param own the application's own, or {@code null}
	 * @param database the database
	 */
	public WriterConnection(@Nullable DataSource own, K2Database database) {
		this.own = own;
		this.database = database;
	}

	/**
	 * Return a connection that is open.
	 * @param database the database over this connection
	 * @return the connection
	 */
	public static WriterConnection opened(K2Database database) {
		WriterConnection connection = new WriterConnection(null, database);
		connection.opened = new Opened(database, () -> {
		});
		return connection;
	}

	/**
	 * Prepare the connection on the thread of a caller, who may be in a transaction. All
	 * connections of the pool may be held by callers that wait until this connection is
	 * open, so what has to be known of the pool is read over the caller's own.
	 * @throws DataAccessException if the database is not available
	 */
	public void prepare() {
		if (this.own == null && this.opened == null && this.place == null) {
			Place place = Place.of(this.database.dataSource());
			this.place = place.isKnown() ? place : null;
		}
	}

	/**
	 * Open the connection, if it is not open yet.
	 * @param reason the reason for the connection, for the failure
	 * @return the database over this connection
	 * @throws InvalidK2ConfigurationException if the application has to configure one
	 * @throws DataAccessException if the database is not available
	 */
	public K2Database open(String reason) {
		Opened before = this.opened;
		if (before != null) {
			return before.database();
		}
		this.lock.lock();
		try {
			Opened now = this.opened;
			if (now == null) {
				now = openOnce(reason);
				this.opened = now;
			}
			return now.database();
		}
		finally {
			this.lock.unlock();
		}
	}

	/**
	 * Open the connection when the application starts.
	 * @param reason the reason for the connection, for the failure
	 * @return the database over this connection
	 * @throws InvalidK2ConfigurationException if there is no such connection
	 */
	public K2Database openAtStart(String reason) {
		try {
			return open(reason);
		}
		catch (CannotGetJdbcConnectionException ex) {
			logger.warn("No connection can be opened beside the connection pool: " + ex.getMessage());
			throw noConnection(reason);
		}
	}

	private Opened openOnce(String reason) {
		Failure last = this.failure;
		if (last != null && Ticker.SYSTEM.since(last.tick()).compareTo(PAUSE_AFTER_FAILURE) < 0) {
			throw last.cause();
		}
		try {
			return (this.own != null) ? own(this.own) : beside(this.database.dataSource(), reason);
		}
		catch (CannotGetJdbcConnectionException ex) {
			this.failure = new Failure(ex, Ticker.SYSTEM.tick());
			throw ex;
		}
	}

	private Opened own(DataSource dataSource) {
		K2Database other = this.database.over(dataSource);
		if (!other.has(other.taskTable(), "task_name")) {
			throw new InvalidK2ConfigurationException("The @K2DataSource has no table " + other.taskTable() + ".",
					"Give it the database of the application's DataSource.");
		}
		return new Opened(other, () -> {
		});
	}

	private Opened beside(DataSource pool, String reason) {
		HikariDataSource beside = HIKARI ? SingleConnectionPool.beside(pool) : null;
		if (beside == null) {
			throw noConnection(reason);
		}
		boolean opened = false;
		try {
			opened = isSame(pool, beside);
		}
		finally {
			if (!opened) {
				beside.close();
			}
		}
		if (!opened) {
			throw noConnection(reason);
		}
		return new Opened(this.database.over(beside), beside::close);
	}

	/**
	 * Return whether two data sources have the same tables. A data source may set a
	 * schema after it has got a connection from its pool, for example.
	 */
	private boolean isSame(DataSource pool, DataSource beside) {
		Place known = this.place;
		this.place = null;
		Place place = (known != null) ? known : Place.of(pool);
		return place.isKnown() && place.equals(Place.of(beside));
	}

	private static InvalidK2ConfigurationException noConnection(String reason) {
		return new InvalidK2ConfigurationException(
				reason + ", which needs a connection of its own, and none can be opened beside the connection pool:"
						+ " the pool is not HikariCP, or its connections lead to another place.",
				"Declare a second DataSource of the same database, with one connection, annotated with @K2DataSource"
						+ " and @Bean(defaultCandidate = false).");
	}

	@Override
	public void close() {
		Opened last = this.opened;
		if (last != null) {
			last.closing().run();
		}
	}

	/**
	 * The open connection.
	 *
	 * @param database the database over this connection
	 * @param closing closes the connection
	 */
	private record Opened(K2Database database, Runnable closing) {

	}

	/**
	 * A failure.
	 *
	 * @param cause the cause
	 * @param tick when the connection could not be opened
	 */
	private record Failure(CannotGetJdbcConnectionException cause, long tick) {

	}

	/**
	 * Where the connections of a data source lead.
	 *
	 * @param names the names of the database, the user, the catalog and the schema, empty
	 * if they cannot be determined
	 */
	private record Place(List<@Nullable String> names) {

		/**
		 * Return the place of a data source.
		 * @throws CannotGetJdbcConnectionException if there is no connection
		 */
		static Place of(DataSource dataSource) {
			Connection connection = DataSourceUtils.getConnection(dataSource);
			try {
				DatabaseMetaData metaData = connection.getMetaData();
				return new Place(Arrays.asList(metaData.getURL(), metaData.getUserName(), connection.getCatalog(),
						connection.getSchema()));
			}
			catch (SQLException | RuntimeException | AbstractMethodError ex) {
				logger.warn("The place of a connection cannot be determined: " + ex.getMessage());
				return new Place(List.of());
			}
			finally {
				DataSourceUtils.releaseConnection(connection, dataSource);
			}
		}

		boolean isKnown() {
			return !this.names.isEmpty();
		}

	}

}
