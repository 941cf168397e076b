package io.github.k2connect.webhook.store;

import javax.sql.DataSource;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.orm.jpa.JpaTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.ClassUtils;

/**
 * The transactions of an event store in a database. A transaction of JPA's transaction
 * manager is preferred: transactions for JDBC on the same database can join it, but it
 * can join none of theirs.
 *
 * @param dataSource the database of the store
 * @param listeners the transaction manager for listeners, or {@code null} if there is
 * none, or none of several is primary
 * @param store the transaction manager for the store
 */
record StoreTransactions(DataSource dataSource, @Nullable PlatformTransactionManager listeners,
		PlatformTransactionManager store) {

	private static final Log logger = LogFactory.getLog(StoreTransactions.class);

	private static final boolean JPA = ClassUtils.isPresent("org.springframework.orm.jpa.JpaTransactionManager",
			StoreTransactions.class.getClassLoader());

	static StoreTransactions of(DataSource dataSource, ObjectProvider<PlatformTransactionManager> managers) {
		PlatformTransactionManager listeners = managers.getIfUnique();
		return new StoreTransactions(dataSource, listeners, store(dataSource, listeners, managers));
	}

	private static PlatformTransactionManager store(DataSource dataSource,
			@Nullable PlatformTransactionManager listeners, ObjectProvider<PlatformTransactionManager> managers) {
		if (listeners != null && isJpa(listeners, dataSource)) {
			return listeners;
		}
		return managers.stream()
			.filter((manager) -> isJpa(manager, dataSource))
			.findFirst()
			.orElseGet(() -> (listeners != null) ? listeners : new JdbcTransactionManager(dataSource));
	}

	private static boolean isJpa(PlatformTransactionManager manager, DataSource dataSource) {
		return JPA && Jpa.uses(manager, dataSource);
	}

	/**
	 * Warn if listeners have a transaction of their own.
	 */
	void warnIfSeparate(JdbcEventStore events, String tableName) {
		try {
			if (this.listeners != null && !isTogether(events, this.listeners)) {
				logger.warn("The transactions of " + this.listeners.getClass().getName()
						+ " are not transactions of the database with the table " + tableName
						+ ". An event is recorded there in a separate transaction, which commits after "
						+ "the listeners' transaction. No event is lost, but an event can be published again after "
						+ "the listeners' transaction has committed, if the record fails or the instance dies in "
						+ "between. Listeners must be idempotent.");
			}
		}
		catch (TransactionException ex) {
			logger.debug("Failed to check the transaction manager at startup", ex);
		}
	}

	private boolean isTogether(JdbcEventStore events, PlatformTransactionManager listeners) {
		return (listeners == this.store) ? events.sharesTransaction()
				: Boolean.TRUE.equals(new TransactionTemplate(listeners)
					.execute((status) -> TransactionSynchronizationManager.hasResource(this.dataSource)));
	}

	/**
	 * Loaded only if JPA's transaction manager is on the class path.
	 */
	private static final class Jpa {

		static boolean uses(PlatformTransactionManager manager, DataSource dataSource) {
			return manager instanceof JpaTransactionManager jpa && jpa.getDataSource() == dataSource;
		}

	}

}
