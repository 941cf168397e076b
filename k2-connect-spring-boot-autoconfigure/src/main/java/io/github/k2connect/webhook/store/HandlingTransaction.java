package io.github.k2connect.webhook.store;

import java.time.Duration;
import java.util.function.Predicate;

import io.github.k2connect.database.DatabaseDialect;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.retry.RetryPolicy;
import org.springframework.core.retry.RetryTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.UnexpectedRollbackException;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The transaction in which an event is handled. The event is handled only if the
 * transaction has committed.
 */
final class HandlingTransaction {

	private static final Log logger = LogFactory.getLog(HandlingTransaction.class);

	private static final int MAX_REPETITIONS = 30;

	private final TransactionTemplate transaction;

	private final RetryTemplate repetitions = new RetryTemplate(RetryPolicy.builder()
		.predicate(HandlingTransaction::isRepeatable)
		.maxRetries(MAX_REPETITIONS)
		.delay(Duration.ofMillis(20))
		.jitter(Duration.ofMillis(20))
		.multiplier(2)
		.maxDelay(Duration.ofMillis(500))
		.build());

	HandlingTransaction(PlatformTransactionManager transactionManager) {
		this.transaction = new TransactionTemplate(transactionManager);
	}

	/**
	 * Handle an event in the current transaction, or in a new one. If no other
	 * transaction is around it, a new transaction is repeated after a conflict with
	 * another one.
	 * @param work handles the event, and returns {@code false} if it was handled before
	 * @param check called before the commit, and throws if the transaction cannot commit
	 * @return whether the event was handled
	 */
	boolean execute(Predicate<TransactionStatus> work, Runnable check) {
		return TransactionSynchronizationManager.isActualTransactionActive() ? executeOnce(work, check)
				: this.repetitions.invoke(() -> executeOnce(work, check));
	}

	private boolean executeOnce(Predicate<TransactionStatus> work, Runnable check) {
		Completion completion = new Completion(check);
		boolean handled;
		try {
			handled = Boolean.TRUE.equals(this.transaction.execute((status) -> {
				if (status.isNewTransaction()) {
					BoundConnections.letOthersJoin();
				}
				boolean first = work.test(status);
				if (first && status.isNewTransaction()) {
					completion.await();
				}
				return first;
			}));
		}
		catch (RuntimeException | Error ex) {
			if (!completion.isCommitted()) {
				throw ex;
			}
			logger.error(
					"A callback failed after the commit. The event is handled, because the transaction is committed",
					ex);
			return true;
		}
		if (completion.awaited && !completion.isCommitted()) {
			throw new UnexpectedRollbackException("The transaction in which the event was handled was rolled back");
		}
		return handled;
	}

	private static boolean isRepeatable(Throwable failure) {
		return !(failure instanceof EventInProgressException) && DatabaseDialect.isRepeatable(failure);
	}

	/**
	 * Synchronization that runs the check before the commit and records how the
	 * transaction ends. It is registered after the listeners' own synchronizations, so
	 * that the check includes their work.
	 */
	private static final class Completion implements TransactionSynchronization {

		private final Runnable check;

		private boolean awaited;

		private int status = STATUS_UNKNOWN;

		Completion(Runnable check) {
			this.check = check;
		}

		void await() {
			if (!TransactionSynchronizationManager.isSynchronizationActive()) {
				beforeCommit(false);
				return;
			}
			this.awaited = true;
			RollingBackSynchronization.replaceAll();
			TransactionSynchronizationManager.registerSynchronization(this);
		}

		boolean isCommitted() {
			return this.status == STATUS_COMMITTED;
		}

		@Override
		public void beforeCommit(boolean readOnly) {
			this.check.run();
			BoundConnections.checkJoined();
		}

		@Override
		public void afterCompletion(int status) {
			this.status = status;
		}

	}

}
