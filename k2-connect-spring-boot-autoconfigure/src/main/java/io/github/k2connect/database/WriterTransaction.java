package io.github.k2connect.database;

import java.sql.SQLException;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transaction of changes over the connection of a {@link GroupedWriter}.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WriterTransaction {

	/**
	 * How long the database may take to respond, so that the rest of the caller's time is
	 * enough for another attempt.
	 */
	private static final int NETWORK_TIMEOUT_MILLIS = 1000;

	private final JdbcTemplate jdbc;

	private final TransactionTemplate transaction;

	/**
	 * Create the transaction.
	 * @param database the database, over the connection of the writer
	 */
	public WriterTransaction(K2Database database) {
		this.jdbc = new JdbcTemplate(database.dataSource());
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(database.dataSource()));
	}

	/**
	 * Make changes, all or none. Within another transaction of this kind they are a part
	 * of it.
	 * @param changes the changes
	 */
	public void execute(Runnable changes) {
		this.transaction.executeWithoutResult((status) -> {
			if (status.isNewTransaction()) {
				limitWaiting();
			}
			changes.run();
		});
	}

	/**
	 * Let the driver close a connection that the network has silently dropped.
	 */
	private void limitWaiting() {
		this.jdbc.execute((ConnectionCallback<@Nullable Void>) (connection) -> {
			try {
				connection.setNetworkTimeout(Runnable::run, NETWORK_TIMEOUT_MILLIS);
			}
			catch (SQLException | RuntimeException | AbstractMethodError ex) {
				// The driver has no such limit.
			}
			return null;
		});
	}

}
