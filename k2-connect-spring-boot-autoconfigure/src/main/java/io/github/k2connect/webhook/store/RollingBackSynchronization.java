package io.github.k2connect.webhook.store;

import java.util.List;

import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Synchronization that makes a transaction roll back if one of its other synchronizations
 * throws a {@link TransactionException} before the commit. A transaction manager would
 * treat that as a failed commit and not roll back, and may commit when it releases the
 * connection.
 *
 * @param delegate the other synchronization
 */
record RollingBackSynchronization(TransactionSynchronization delegate) implements TransactionSynchronization {

	/**
	 * Replace all synchronizations that the transaction has.
	 */
	static void replaceAll() {
		List<TransactionSynchronization> synchronizations = TransactionSynchronizationManager.getSynchronizations();
		TransactionSynchronizationManager.clearSynchronization();
		TransactionSynchronizationManager.initSynchronization();
		synchronizations.forEach((synchronization) -> TransactionSynchronizationManager
			.registerSynchronization(new RollingBackSynchronization(synchronization)));
	}

	@Override
	public void beforeCommit(boolean readOnly) {
		try {
			this.delegate.beforeCommit(readOnly);
		}
		catch (TransactionException ex) {
			throw new IllegalStateException("The transaction cannot commit: a listener failed before the commit", ex);
		}
	}

	@Override
	public int getOrder() {
		return this.delegate.getOrder();
	}

	@Override
	public void suspend() {
		this.delegate.suspend();
	}

	@Override
	public void resume() {
		this.delegate.resume();
	}

	@Override
	public void flush() {
		this.delegate.flush();
	}

	@Override
	public void savepoint(Object savepoint) {
		this.delegate.savepoint(savepoint);
	}

	@Override
	public void savepointRollback(Object savepoint) {
		this.delegate.savepointRollback(savepoint);
	}

	@Override
	public void beforeCompletion() {
		this.delegate.beforeCompletion();
	}

	@Override
	public void afterCommit() {
		this.delegate.afterCommit();
	}

	@Override
	public void afterCompletion(int status) {
		this.delegate.afterCompletion(status);
	}

}
