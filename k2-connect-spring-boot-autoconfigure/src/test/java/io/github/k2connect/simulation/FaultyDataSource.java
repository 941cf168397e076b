package io.github.k2connect.simulation;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.database.DatabaseDialect;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.transaction.annotation.Isolation;

/**
 * The connection pool of an instance. Before each statement and commit it asks what
 * happens to it. After a crash every operation fails, and what was not committed is
 * rolled back.
 */
final class FaultyDataSource extends AbstractDataSource {

	private static final String COMMIT = "commit";

	private static final String REQUESTS = "k2_request";

	private static final String NOW = DatabaseDialect.H2.now(Clock.systemUTC());

	private final SimulatedDatabase database;

	private final boolean autoCommit;

	private final Isolation isolation;

	private final Supplier<Instant> time;

	private final Function<String, Interruption> interruptions;

	private final Set<FaultyConnection> open = new LinkedHashSet<>();

	private boolean closed;

	/**
	 * Create a pool.
	 * @param database the database
	 * @param autoCommit the auto-commit mode of new connections
	 * @param isolation the isolation of new connections
	 * @param time the time of the database
	 * @param interruptions returns what happens to an operation
	 */
	FaultyDataSource(SimulatedDatabase database, boolean autoCommit, Isolation isolation, Supplier<Instant> time,
			Function<String, Interruption> interruptions) {
		this.database = database;
		this.autoCommit = autoCommit;
		this.isolation = isolation;
		this.time = time;
		this.interruptions = interruptions;
	}

	@Override
	public Connection getConnection() throws SQLException {
		Interruption interruption = this.interruptions.apply("open a connection");
		if (this.closed || interruption == Interruption.CONNECTION_LOST) {
			throw lost();
		}
		FaultyConnection connection = new FaultyConnection(this.database.borrow());
		this.open.add(connection);
		return proxy(Connection.class, connection);
	}

	@Override
	public Connection getConnection(String username, String password) throws SQLException {
		return getConnection();
	}

	/**
	 * Lose all connections, and open no more.
	 */
	void close() {
		this.closed = true;
		new ArrayList<>(this.open).forEach(FaultyConnection::lose);
	}

	boolean isClosed() {
		return this.closed;
	}

	private static @Nullable Object first(@Nullable Object @Nullable [] arguments) {
		return (arguments != null) ? arguments[0] : null;
	}

	private static SQLException lost() {
		return new SQLException("The connection is lost", "08006");
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw (ex.getCause() != null) ? ex.getCause() : ex;
		}
	}

	/**
	 * An operation on the physical connection.
	 */
	@FunctionalInterface
	private interface Operation {

		@Nullable Object run() throws Throwable;

	}

	/**
	 * A connection, until it is closed or lost.
	 */
	private final class FaultyConnection implements InvocationHandler {

		private final Connection physical;

		private boolean usable = true;

		private boolean aborted;

		FaultyConnection(Connection physical) throws SQLException {
			this.physical = physical;
			physical.setAutoCommit(FaultyDataSource.this.autoCommit);
			physical.setTransactionIsolation(FaultyDataSource.this.isolation.value());
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			return switch (method.getName()) {
				case "equals" -> proxy == first(arguments);
				case "hashCode" -> System.identityHashCode(this);
				case "close" -> lose();
				case "isClosed" -> !this.usable;
				case "commit" -> operate(COMMIT, this::commit);
				case "rollback" -> {
					requireUsable();
					this.aborted = false;
					yield call(this.physical, method, arguments);
				}
				case "createStatement" -> {
					requireUsable();
					yield statement(Statement.class, call(this.physical, method, arguments), "");
				}
				case "prepareStatement" -> {
					requireUsable();
					String sql = String.valueOf(first(arguments));
					yield statement(PreparedStatement.class, this.physical.prepareStatement(inTimeOfWorld(sql)), sql);
				}
				default -> {
					requireUsable();
					yield call(this.physical, method, arguments);
				}
			};
		}

		/**
		 * Return the statement with the time of the world, where the difference matters.
		 */
		private String inTimeOfWorld(String sql) {
			return sql.contains(REQUESTS)
					? sql.replace(NOW, String.valueOf(FaultyDataSource.this.time.get().toEpochMilli())) : sql;
		}

		/**
		 * Give the physical connection back. What was not committed is rolled back.
		 */
		@Nullable Object lose() {
			if (this.usable) {
				this.usable = false;
				FaultyDataSource.this.open.remove(this);
				try {
					FaultyDataSource.this.database.giveBack(this.physical);
				}
				catch (SQLException ex) {
					throw new IllegalStateException(ex);
				}
			}
			return null;
		}

		private void requireUsable() throws SQLException {
			if (!this.usable) {
				throw lost();
			}
		}

		private void rollBack() throws SQLException {
			if (!this.physical.getAutoCommit()) {
				this.physical.rollback();
			}
		}

		private @Nullable Object commit() throws SQLException {
			if (this.aborted) {
				this.aborted = false;
				this.physical.rollback();
			}
			else {
				this.physical.commit();
			}
			return null;
		}

		private Object statement(Class<? extends Statement> type, @Nullable Object target, String sql) {
			Statement statement = (Statement) Objects.requireNonNull(target);
			return proxy(type, (proxy, method, arguments) -> {
				if (method.getName().equals("setQueryTimeout")) {
					// A seed must not depend on how busy the machine is.
					return null;
				}
				if (!method.getName().startsWith("execute")) {
					return call(statement, method, arguments);
				}
				if (this.aborted) {
					throw new SQLException("The current transaction is aborted", "25P02");
				}
				return operate(sql, () -> call(statement, method, arguments));
			});
		}

		private @Nullable Object operate(String name, Operation operation) throws Throwable {
			requireUsable();
			Interruption interruption = FaultyDataSource.this.interruptions.apply(name);
			requireUsable();
			switch (interruption) {
				case NONE -> {
					return operation.run();
				}
				case STATEMENT_FAILS -> {
					if (name.equals(COMMIT)) {
						rollBack();
					}
					throw new SQLException("The operation failed", "58030");
				}
				case TRANSACTION_ABORTED -> {
					this.aborted = !this.physical.getAutoCommit() && !name.equals(COMMIT);
					if (!this.aborted) {
						rollBack();
					}
					throw new SQLException("The operation failed", "22000");
				}
				case DEADLOCK -> {
					rollBack();
					throw new SQLException("Deadlock", "40001");
				}
				case CONNECTION_LOST -> {
				}
				case ANSWER_LOST -> operation.run();
				case CRASH_BEFORE -> FaultyDataSource.this.close();
				case CRASH_AFTER -> {
					operation.run();
					FaultyDataSource.this.close();
				}
			}
			lose();
			throw lost();
		}

	}

}
