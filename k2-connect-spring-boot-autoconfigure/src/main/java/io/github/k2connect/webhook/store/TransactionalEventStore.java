package io.github.k2connect.webhook.store;

import org.apiguardian.api.API;

import org.springframework.transaction.PlatformTransactionManager;

/**
 * Event store that runs the listeners in one transaction, so that their changes commit or
 * roll back together.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class TransactionalEventStore implements K2EventStore {

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
		}, BoundConnections::checkUsable));
	}

}
