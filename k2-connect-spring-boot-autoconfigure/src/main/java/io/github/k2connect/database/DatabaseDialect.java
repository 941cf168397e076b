package io.github.k2connect.database;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

import javax.sql.DataSource;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * What differs between databases.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public enum DatabaseDialect {

	/**
	 * PostgreSQL.
	 */
	POSTGRESQL("CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)"),

	/**
	 * H2.
	 */
	H2("CAST(EXTRACT(EPOCH FROM CURRENT_TIMESTAMP) * 1000 AS BIGINT)"),

	/**
	 * MariaDB and MySQL.
	 */
	MYSQL("CAST(UNIX_TIMESTAMP(NOW(3)) * 1000 AS SIGNED)"),

	/**
	 * Any other database.
	 */
	OTHER(null);

	/**
	 * The SQL states of a serialization failure and of a deadlock.
	 */
	private static final Set<String> REPEATABLE = Set.of("40001", "40P01");

	/**
	 * The SQL state of PostgreSQL for a lock that was not available in time.
	 */
	private static final String LOCK_NOT_AVAILABLE = "55P03";

	/**
	 * The SQL state for errors without a state of their own. MariaDB and MySQL have error
	 * codes for them.
	 */
	private static final String GENERAL_ERROR = "HY000";

	/**
	 * The error code of MariaDB when a row has changed since the snapshot of the
	 * transaction.
	 */
	private static final int RECORD_CHANGED = 1020;

	/**
	 * The error code of MariaDB and MySQL when a transaction has waited too long for a
	 * lock. MySQL's driver gives it the SQL state of a serialization failure.
	 */
	private static final int LOCK_WAIT_TIMEOUT = 1205;

	private static final int MAX_CAUSES = 20;

	private final @Nullable String now;

	DatabaseDialect(@Nullable String now) {
		this.now = now;
	}

	/**
	 * Return the dialect of a database.
	 * @param dataSource the database
	 * @return the dialect
	 * @throws DataAccessException if the database is not available
	 */
	public static DatabaseDialect of(DataSource dataSource) {
		return Objects.requireNonNull(
				new JdbcTemplate(dataSource).execute((ConnectionCallback<DatabaseDialect>) DatabaseDialect::of));
	}

	public static DatabaseDialect of(Connection connection) throws SQLException {
		return switch (connection.getMetaData().getDatabaseProductName()) {
			case "PostgreSQL" -> POSTGRESQL;
			case "H2" -> H2;
			case "MariaDB", "MySQL" -> MYSQL;
			default -> OTHER;
		};
	}

	/**
	 * Return an SQL expression for the present in milliseconds since 1970. It is the
	 * database's time, which is the same for all instances.
	 * @param clock the clock for a database whose expression is not known
	 */
	public String now(Clock clock) {
		return (this.now != null) ? this.now : String.valueOf(clock.millis());
	}

	/**
	 * Return the time of the database.
	 * @param jdbc the database
	 * @param clock the clock for a database whose expression is not known
	 * @return the time
	 * @throws DataAccessException if the database cannot be asked
	 */
	public Instant currentTime(JdbcClient jdbc, Clock clock) {
		return (this.now != null) ? Instant.ofEpochMilli(jdbc.sql("SELECT " + this.now).query(Long.class).single())
				: clock.instant();
	}

	/**
	 * Return whether an insert can ignore a row that exists. Elsewhere the insert of a
	 * duplicate fails, which ends its transaction and is logged as an error by some
	 * databases.
	 */
	public boolean ignoresDuplicates() {
		return this == POSTGRESQL;
	}

	/**
	 * Return the end of an insert that ignores a row that exists.
	 * @return SQL, which is empty if an insert {@linkplain #ignoresDuplicates() cannot}
	 * ignore it
	 */
	public String ignoringDuplicates() {
		return ignoresDuplicates() ? " ON CONFLICT DO NOTHING" : "";
	}

	/**
	 * Return whether an insert can depend on a query and the query locks nothing.
	 * @return {@code false} if the query might wait for a transaction that inserts what
	 * it looks for
	 */
	public boolean insertsWithoutLocks() {
		return this == POSTGRESQL || this == H2;
	}

	/**
	 * Return whether a query with the isolation {@code READ UNCOMMITTED} reads what is
	 * not committed.
	 * @return {@code true} if it does
	 */
	public boolean readsUncommitted() {
		return this != POSTGRESQL;
	}

	/**
	 * Return whether an error of a statement ends its transaction: the database accepts
	 * no more statements, and silently turns the commit into a rollback.
	 */
	public boolean endsTransactionAtError() {
		return this == POSTGRESQL;
	}

	/**
	 * Return whether columns for times keep the time zone.
	 * @return {@code false} if times must be written in UTC
	 */
	public boolean keepsTimeZones() {
		return this != MYSQL;
	}

	/**
	 * Return whether an instance can lock rows and skip those that others have locked, in
	 * one statement.
	 * @return {@code true} if it can
	 */
	public boolean locksAndFetches() {
		return this == POSTGRESQL;
	}

	/**
	 * Return whether the database has rolled back the transaction because of other
	 * transactions, so that it can be repeated.
	 */
	public static boolean isRepeatable(Throwable failure) {
		return isCausedBy(failure, (cause) -> isOptimisticLockFailure(cause)
				|| (cause instanceof SQLException sql && isRepeatable(sql.getSQLState(), sql.getErrorCode())));
	}

	private static boolean isRepeatable(@Nullable String state, int code) {
		return (REPEATABLE.contains(String.valueOf(state)) && code != LOCK_WAIT_TIMEOUT)
				|| (GENERAL_ERROR.equals(state) && code == RECORD_CHANGED);
	}

	/**
	 * Return whether a row was changed by another transaction. An application that uses
	 * JPA without the translation of exceptions throws JPA's exception, whose class may
	 * be absent.
	 */
	private static boolean isOptimisticLockFailure(Throwable cause) {
		return cause instanceof OptimisticLockingFailureException
				|| cause.getClass().getName().equals("jakarta.persistence.OptimisticLockException");
	}

	/**
	 * Return whether a statement has waited too long for a lock.
	 */
	public static boolean isLockTimeout(Throwable failure) {
		return isCausedBy(failure,
				(cause) -> cause instanceof SQLException sql && (LOCK_NOT_AVAILABLE.equals(sql.getSQLState())
						|| isLockTimeout(sql.getSQLState(), sql.getErrorCode())));
	}

	private static boolean isLockTimeout(@Nullable String state, int code) {
		return code == LOCK_WAIT_TIMEOUT && (GENERAL_ERROR.equals(state) || REPEATABLE.contains(String.valueOf(state)));
	}

	private static boolean isCausedBy(Throwable failure, Predicate<Throwable> condition) {
		Throwable cause = failure;
		for (int depth = 0; cause != null && depth < MAX_CAUSES; depth++) {
			if (condition.test(cause)) {
				return true;
			}
			cause = cause.getCause();
		}
		return false;
	}

}
