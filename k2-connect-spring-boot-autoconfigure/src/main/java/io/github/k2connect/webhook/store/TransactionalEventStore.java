package io.github.k2connect.webhook.store;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.util.ClassUtils;

/**
 * Event store that runs the listeners in one transaction, so that their changes commit or
 * roll back together.
 */
final class TransactionalEventStore implements K2EventStore {

	private static final boolean TRANSACTIONS = ClassUtils.isPresent(
			"org.springframework.transaction.PlatformTransactionManager",
			TransactionalEventStore.class.getClassLoader());

	private final K2EventStore delegate;

	private final HandlingTransaction transaction;

	/**
	 * Create a store.
	 * @param delegate the store of events
	 * @param transactionManager the application's transaction manager
	 */
	TransactionalEventStore(K2EventStore delegate, PlatformTransactionManager transactionManager) {
		this.delegate = delegate;
		this.transaction = new HandlingTransaction(transactionManager);
	}

	/**
	 * Return a store with the application's transaction manager, or the store itself if
	 * there is none, or none of several is primary.
	 */
	static K2EventStore of(K2EventStore store, BeanFactory application) {
		PlatformTransactionManager manager = TRANSACTIONS
				? application.getBeanProvider(PlatformTransactionManager.class).getIfUnique() : null;
		return (manager != null) ? new TransactionalEventStore(store, manager) : store;
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		return this.delegate.handleOnce(identity, () -> this.transaction.execute((status) -> {
			handling.run();
			return true;
		}, BoundConnections::checkUsable));
	}

}
