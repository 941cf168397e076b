package io.github.k2connect.webhook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.function.BiConsumer;

import javax.sql.DataSource;

import io.github.k2connect.database.DatabaseDialect;
import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The connections of the current transaction. Does nothing unless JDBC support is on the
 * class path.
 */
final class BoundConnections {

	private static final boolean JDBC = ClassUtils.isPresent("org.springframework.jdbc.datasource.ConnectionHolder",
			BoundConnections.class.getClassLoader());

	private BoundConnections() {
	}

	/**
	 * Let transactions of other transaction managers join the current one. JPA's
	 * transaction manager exposes its connection, but does not mark it as one that is in
	 * a transaction. A transaction manager for JDBC would then begin a transaction on
	 * that connection, and commit what JPA's transaction has changed so far.
	 */
	static void letOthersJoin() {
		if (JDBC) {
			Connections.letOthersJoin();
		}
	}

	/**
	 * Check that no transaction that has joined the current one has failed.
	 */
	static void checkJoined() {
		if (JDBC) {
			Connections.checkJoined();
		}
	}

	/**
	 * Check that the connections accept statements.
	 */
	static void checkUsable() {
		if (JDBC) {
			Connections.checkUsable();
		}
	}

	private static final class Connections {

		static void letOthersJoin() {
			forEach((dataSource, holder) -> {
				if (!holder.isSynchronizedWithTransaction()) {
					ConnectionHolder joinable = joinable(holder);
					TransactionSynchronizationManager.unbindResource(dataSource);
					TransactionSynchronizationManager.bindResource(dataSource, joinable);
				}
			});
		}

		private static ConnectionHolder joinable(ConnectionHolder holder) {
			ConnectionHolder joinable = new ConnectionHolder(holder.getConnection(), true);
			joinable.setSynchronizedWithTransaction(true);
			if (holder.hasTimeout()) {
				joinable.setTimeoutInMillis(holder.getTimeToLiveInMillis());
			}
			return joinable;
		}

		static void checkJoined() {
			forEach((dataSource, holder) -> {
				if (holder.isRollbackOnly()) {
					throw new IllegalStateException(
							"The transaction cannot commit: a listener caught an exception of a transaction that had joined it");
				}
			});
		}

		static void checkUsable() {
			forEach((dataSource, holder) -> {
				Connection connection = DataSourceUtils.getConnection(dataSource);
				try {
					checkUsable(connection);
				}
				finally {
					DataSourceUtils.releaseConnection(connection, dataSource);
				}
			});
		}

		private static void checkUsable(Connection connection) {
			try {
				if (DatabaseDialect.of(connection).endsTransactionAtError()) {
					try (Statement statement = connection.createStatement()) {
						statement.execute("SELECT 1");
					}
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(
						"The transaction cannot commit: a listener caught an SQL error that ended it", ex);
			}
		}

		private static void forEach(BiConsumer<DataSource, ConnectionHolder> action) {
			Map.copyOf(TransactionSynchronizationManager.getResourceMap()).forEach((key, resource) -> {
				if (key instanceof DataSource dataSource && resource instanceof ConnectionHolder holder) {
					action.accept(dataSource, holder);
				}
			});
		}

	}

}
