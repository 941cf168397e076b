package io.github.k2connect.benchmark.load;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

import com.zaxxer.hikari.HikariDataSource;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/**
 * Counts, below the connection pool, the statements, and the commits and rollbacks of
 * transactions that had a statement. For each the application waits for its database.
 */
class RoundTrips implements BeanPostProcessor, EnvironmentAware {

	static final String PROPERTY = "benchmark.count-round-trips";

	private final Map<String, LongAdder> counts = new ConcurrentHashMap<>();

	private boolean enabled;

	@Override
	public void setEnvironment(Environment environment) {
		this.enabled = environment.getProperty(PROPERTY, boolean.class, false);
	}

	@Override
	public Object postProcessAfterInitialization(Object bean, String name) {
		if (this.enabled && bean instanceof HikariDataSource pool) {
			pool.setDataSource(new DriverManagerDataSource(pool.getJdbcUrl()) {

				@Override
				protected Connection getConnectionFromDriver(Properties properties) throws SQLException {
					return proxy(Connection.class, new CountedConnection(super.getConnectionFromDriver(properties)));
				}

			});
		}
		return bean;
	}

	Map<String, Long> counts() {
		Map<String, Long> sums = new TreeMap<>();
		this.counts.forEach((command, count) -> sums.put(command, count.sum()));
		return sums;
	}

	private void count(String sql) {
		String command = sql.strip().split("\\s", 2)[0].toUpperCase(Locale.ROOT);
		this.counts.computeIfAbsent(command, (key) -> new LongAdder()).increment();
	}

	private static <T> T proxy(Class<T> type, InvocationHandler handler) {
		return type.cast(Proxy.newProxyInstance(RoundTrips.class.getClassLoader(), new Class<?>[] { type }, handler));
	}

	private static @Nullable Object call(Object target, Method method, Object @Nullable [] arguments) throws Throwable {
		try {
			return method.invoke(target, arguments);
		}
		catch (InvocationTargetException ex) {
			throw ex.getTargetException();
		}
	}

	private static String firstText(Object @Nullable [] arguments, String other) {
		return (arguments != null && arguments.length > 0 && arguments[0] instanceof String text) ? text : other;
	}

	private final class CountedConnection implements InvocationHandler {

		private final Connection connection;

		private boolean inTransaction;

		private CountedConnection(Connection connection) {
			this.connection = connection;
		}

		@Override
		public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] arguments) throws Throwable {
			if (this.inTransaction && (method.getName().equals("commit") || method.getName().equals("rollback"))) {
				this.inTransaction = false;
				count(method.getName());
			}
			Object result = call(this.connection, method, arguments);
			return (result instanceof Statement statement)
					? proxy(method.getReturnType(), counted(statement, firstText(arguments, ""))) : result;
		}

		private InvocationHandler counted(Statement statement, String sql) {
			return (proxy, method, arguments) -> {
				if (method.getName().startsWith("execute")) {
					this.inTransaction = !this.connection.getAutoCommit();
					count(firstText(arguments, sql));
				}
				return call(statement, method, arguments);
			};
		}

	}

}
