package io.github.k2connect.webhook.store;

import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Lets the listeners, and what they write to the database, commit or roll back together.
 */
public final class TransactionalEventStore implements K2EventStore {

	private final K2EventStore delegate;

	private final TransactionTemplate transaction;

	/**
	 * Create a store.
	 * @param delegate what remembers the events
	 * @param transactionManager the application's transaction manager
	 */
	public TransactionalEventStore(K2EventStore delegate, PlatformTransactionManager transactionManager) {
		this.delegate = delegate;
		this.transaction = new TransactionTemplate(transactionManager);
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		return this.delegate.handleOnce(identity,
				() -> this.transaction.executeWithoutResult((status) -> handling.run()));
	}

}
