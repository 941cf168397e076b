package io.github.k2connect.scheduling;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;

import javax.sql.DataSource;

import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import com.github.kagkarlsson.shaded.jdbc.SQLRuntimeException;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.jdbc.datasource.TransactionAwareDataSourceProxy;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transaction on db-scheduler's database: that of the caller, also one of JPA, or else a
 * new one.
 */
final class SchedulerTransaction {

	private final DataSource dataSource;

	SchedulerTransaction(DataSource dataSource) {
		this.dataSource = (dataSource instanceof TransactionAwareDataSourceProxy proxy
				&& proxy.getTargetDataSource() != null) ? proxy.getTargetDataSource() : dataSource;
	}

	/**
	 * Run an action, and once more if it fails: on some databases a duplicate ends the
	 * transaction.
	 * @throws ConcurrencyFailureException if the database has rolled the caller's
	 * transaction back
	 */
	void execute(Runnable action) {
		try {
			executeOnce(action);
		}
		catch (DbSchedulerException | SQLRuntimeException ex) {
			executeOnce(action);
		}
	}

	private void executeOnce(Runnable action) {
		if (TransactionSynchronizationManager.isActualTransactionActive()
				&& TransactionSynchronizationManager.hasResource(this.dataSource)) {
			Connection connection = DataSourceUtils.getConnection(this.dataSource);
			try {
				if (!connection.getAutoCommit()) {
					join(connection, action);
					return;
				}
			}
			catch (SQLException ex) {
				throw new ConcurrencyFailureException(
						"The database has rolled the transaction back, or cannot be reached. Repeat the transaction",
						ex);
			}
			finally {
				DataSourceUtils.releaseConnection(connection, this.dataSource);
			}
		}
		new TransactionTemplate(new JdbcTransactionManager(this.dataSource))
			.executeWithoutResult((status) -> action.run());
	}

	private static void join(Connection connection, Runnable action) throws SQLException {
		Savepoint before = connection.setSavepoint();
		try {
			action.run();
		}
		catch (RuntimeException ex) {
			connection.rollback(before);
			throw ex;
		}
		connection.releaseSavepoint(before);
	}

}
