package io.github.k2connect.webhook.store;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

import javax.sql.DataSource;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * Event store that runs the listeners in one transaction, so that their changes commit or
 * roll back together.
 */
public final class TransactionalEventStore implements K2EventStore {

	private static final boolean JDBC = ClassUtils.isPresent("org.springframework.jdbc.datasource.ConnectionHolder",
			TransactionalEventStore.class.getClassLoader());

	private final K2EventStore delegate;

	private final HandlingTransaction transaction;

	/**
	 * Create a store.
	 * @param delegate the store of events
	 * @param transactionManager the application's transaction manager
	 */
	public TransactionalEventStore(K2EventStore delegate, PlatformTransactionManager transactionManager) {
		this.delegate = delegate;
		this.transaction = new HandlingTransaction(transactionManager);
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		return this.delegate.handleOnce(identity, () -> this.transaction.execute((status) -> {
			handling.run();
			return true;
		}, TransactionalEventStore::check));
	}

	private static void check() {
		if (JDBC) {
			Connections.check();
		}
	}

	/**
	 * Check of the transaction's connections, used if JDBC support is on the class path.
	 */
	private static final class Connections {

		/**
		 * Check that the connections accept statements. After an SQL error, PostgreSQL
		 * accepts none and silently turns the commit into a rollback.
		 */
		static void check() {
			TransactionSynchronizationManager.getResourceMap().forEach((key, resource) -> {
				if (key instanceof DataSource dataSource && resource instanceof ConnectionHolder) {
					check(dataSource);
				}
			});
		}

		private static void check(DataSource dataSource) {
			Connection connection = DataSourceUtils.getConnection(dataSource);
			try {
				check(connection);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, dataSource);
			}
		}

		private static void check(Connection connection) {
			try {
				if (!connection.getMetaData().getDatabaseProductName().equals("PostgreSQL")) {
					return;
				}
				try (Statement statement = connection.createStatement()) {
					statement.execute("SELECT 1");
				}
			}
			catch (SQLException ex) {
				throw new IllegalStateException(
						"The transaction cannot commit: a listener caught an SQL error that ended it", ex);
			}
		}

	}

}
