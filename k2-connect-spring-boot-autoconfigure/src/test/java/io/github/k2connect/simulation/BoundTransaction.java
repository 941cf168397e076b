package io.github.k2connect.simulation;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The transaction that Spring has bound to this thread. What happens within a step would
 * happen on another thread, so it must not see the transaction of the step.
 */
final class BoundTransaction {

	private final Map<Object, Object> resources = Map.copyOf(TransactionSynchronizationManager.getResourceMap());

	private final @Nullable List<TransactionSynchronization> synchronizations;

	private final @Nullable String name = TransactionSynchronizationManager.getCurrentTransactionName();

	private final boolean readOnly = TransactionSynchronizationManager.isCurrentTransactionReadOnly();

	private final @Nullable Integer isolation = TransactionSynchronizationManager.getCurrentTransactionIsolationLevel();

	private final boolean active = TransactionSynchronizationManager.isActualTransactionActive();

	private BoundTransaction() {
		this.synchronizations = TransactionSynchronizationManager.isSynchronizationActive()
				? TransactionSynchronizationManager.getSynchronizations() : null;
	}

	/**
	 * Run an action outside of the transaction of this thread.
	 */
	static void outside(Runnable action) {
		BoundTransaction transaction = new BoundTransaction();
		transaction.unbind();
		try {
			action.run();
		}
		finally {
			transaction.bind();
		}
	}

	private void unbind() {
		TransactionSynchronizationManager.clear();
		this.resources.keySet().forEach(TransactionSynchronizationManager::unbindResource);
	}

	private void bind() {
		this.resources.forEach(TransactionSynchronizationManager::bindResource);
		if (this.synchronizations != null) {
			TransactionSynchronizationManager.initSynchronization();
			this.synchronizations.forEach(TransactionSynchronizationManager::registerSynchronization);
		}
		TransactionSynchronizationManager.setCurrentTransactionName(this.name);
		TransactionSynchronizationManager.setCurrentTransactionReadOnly(this.readOnly);
		TransactionSynchronizationManager.setCurrentTransactionIsolationLevel(this.isolation);
		TransactionSynchronizationManager.setActualTransactionActive(this.active);
	}

}
