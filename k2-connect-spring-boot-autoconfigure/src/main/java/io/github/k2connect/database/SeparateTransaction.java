package io.github.k2connect.database;

import java.util.Objects;
import java.util.function.Supplier;

import javax.sql.DataSource;

import org.apiguardian.api.API;

import org.springframework.jdbc.datasource.ConnectionHolder;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A transaction that is independent of the caller's transaction, whichever transaction
 * manager that has.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class SeparateTransaction {

	private final DataSource dataSource;

	private final TransactionTemplate transaction;

	/**
	 * Create the transaction.
	 * @param dataSource the database
	 */
	public SeparateTransaction(DataSource dataSource) {
		this.dataSource = dataSource;
		this.transaction = new TransactionTemplate(new JdbcTransactionManager(dataSource));
		this.transaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
	}

	/**
	 * Make changes, and commit them.
	 * @param <T> the type of the result
	 * @param changes the changes
	 * @return their result
	 */
	public <T> T execute(Supplier<T> changes) {
		if (!isConnectionOfJpa()) {
			return commit(changes);
		}
		Object connection = TransactionSynchronizationManager.unbindResource(this.dataSource);
		try {
			return commit(changes);
		}
		finally {
			TransactionSynchronizationManager.bindResource(this.dataSource, connection);
		}
	}

	/**
	 * Return whether the current transaction has exposed its connection, but has not
	 * marked it as one that is in a transaction, as JPA's transaction manager does. A new
	 * transaction would use that connection, and commit what was changed on it so far.
	 */
	private boolean isConnectionOfJpa() {
		return TransactionSynchronizationManager.getResource(this.dataSource) instanceof ConnectionHolder holder
				&& !holder.isSynchronizedWithTransaction();
	}

	private <T> T commit(Supplier<T> changes) {
		return Objects.requireNonNull(this.transaction.execute((status) -> changes.get()));
	}

}
