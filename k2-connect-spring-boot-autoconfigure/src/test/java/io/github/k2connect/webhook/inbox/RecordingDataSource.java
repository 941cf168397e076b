package io.github.k2connect.webhook.inbox;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import javax.sql.DataSource;

import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.datasource.DelegatingDataSource;

/**
 * Data source that records what waits for the database: prepared statements, and the
 * commits and rollbacks of transactions that had one. PostgreSQL's driver sends the begin
 * of a transaction together with its first statement.
 */
final class RecordingDataSource extends DelegatingDataSource {

	private static final Pattern TABLE = Pattern.compile("\\b(k2_event|k2_task)\\b");

	private final List<String> roundTrips = new CopyOnWriteArrayList<>();

	RecordingDataSource(DataSource target) {
		super(target);
	}

	/**
	 * Return the first word and the first table of each statement, and the name of each
	 * commit and rollback.
	 */
	List<String> roundTrips() {
		return List.copyOf(this.roundTrips);
	}

	void clear() {
		this.roundTrips.clear();
	}

	@Override
	public Connection getConnection() throws SQLException {
		return new RecordedConnection(super.getConnection()).proxy();
	}

	private static String describe(String sql) {
		Matcher table = TABLE.matcher(sql);
		return sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT) + (table.find() ? " " + table.group() : "");
	}

	private static @Nullable Object call(Object target, Method method, @Nullable Object @Nullable [] arguments)
			throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private final class RecordedConnection {

		private final Connection connection;

		private boolean inTransaction;

		RecordedConnection(Connection connection) {
			this.connection = connection;
		}

		Connection proxy() {
			return (Connection) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Connection.class },
					(proxy, method, arguments) -> invoke(method, arguments));
		}

		private @Nullable Object invoke(Method method, @Nullable Object @Nullable [] arguments) throws Throwable {
			String name = method.getName();
			if (this.inTransaction && (name.equals("commit") || name.equals("rollback"))) {
				this.inTransaction = false;
				RecordingDataSource.this.roundTrips.add(name);
			}
			Object result = call(this.connection, method, arguments);
			return (result instanceof PreparedStatement statement && arguments != null)
					? recorded(statement, String.valueOf(arguments[0])) : result;
		}

		private PreparedStatement recorded(PreparedStatement statement, String sql) {
			return (PreparedStatement) Proxy.newProxyInstance(getClass().getClassLoader(),
					new Class<?>[] { PreparedStatement.class }, (proxy, method, arguments) -> {
						if (method.getName().startsWith("execute")) {
							RecordingDataSource.this.roundTrips.add(describe(sql));
							this.inTransaction = !this.connection.getAutoCommit();
						}
						return call(statement, method, arguments);
					});
		}

	}

}
