package io.github.k2connect.database;

import java.sql.ResultSet;

import javax.sql.DataSource;

import org.apiguardian.api.API;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.BadSqlGrammarException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.ResultSetExtractor;
import org.springframework.util.function.SingletonSupplier;

/**
 * The database with the tables of k2-connect.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class K2Database {

	private static final int MONITORING_TIMEOUT_SECONDS = 2;

	private final DataSource dataSource;

	private final String tablePrefix;

	private final SingletonSupplier<DatabaseDialect> dialect;

	/**
	 * Create the database. This does not connect to it.
	 * @param dataSource the database
	 * @param tablePrefix the beginning of the names of the tables, with a schema where
	 * they need one; it is inserted into SQL unchanged
	 */
	public K2Database(DataSource dataSource, String tablePrefix) {
		this.dataSource = dataSource;
		this.tablePrefix = tablePrefix;
		this.dialect = SingletonSupplier.of(() -> DatabaseDialect.of(dataSource));
	}

	/**
	 * Return the same database with other connections.
	 * @param dataSource the connections
	 * @return the database
	 */
	public K2Database over(DataSource dataSource) {
		return new K2Database(dataSource, this.tablePrefix);
	}

	/**
	 * Return the connections.
	 * @return the data source
	 */
	public DataSource dataSource() {
		return this.dataSource;
	}

	/**
	 * Return the dialect.
	 * @return the dialect
	 * @throws DataAccessException if the database is not available
	 */
	public DatabaseDialect dialect() {
		return this.dialect.obtain();
	}

	/**
	 * Return the name of the table of handled events.
	 * @return the name, with a schema if it needs one
	 */
	public String eventTable() {
		return this.tablePrefix + "event";
	}

	/**
	 * Return the name of the table of tasks.
	 * @return the name, with a schema if it needs one
	 */
	public String taskTable() {
		return this.tablePrefix + "task";
	}

	/**
	 * Return the name of the table of requests with an idempotency key.
	 * @return the name, with a schema if it needs one
	 */
	public String requestTable() {
		return this.tablePrefix + "request";
	}

	/**
	 * Return whether a table exists with some columns.
	 * @param table the name of the table
	 * @param columns the names of the columns
	 * @return {@code true} if it can be used
	 * @throws DataAccessException if the database is not available
	 */
	public boolean has(String table, String columns) {
		try {
			new JdbcTemplate(this.dataSource).query("SELECT " + columns + " FROM " + table + " WHERE 1 = 0",
					(ResultSetExtractor<Boolean>) ResultSet::next);
			return true;
		}
		catch (BadSqlGrammarException ex) {
			return false;
		}
	}

	/**
	 * Return access to the database for operators, who would rather have no result than
	 * wait for it.
	 * @return a template with a limited time for each statement
	 */
	public JdbcTemplate monitoringJdbc() {
		JdbcTemplate jdbc = new JdbcTemplate(this.dataSource);
		jdbc.setQueryTimeout(MONITORING_TIMEOUT_SECONDS);
		return jdbc;
	}

}
