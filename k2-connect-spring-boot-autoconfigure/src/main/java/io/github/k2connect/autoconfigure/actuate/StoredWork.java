package io.github.k2connect.autoconfigure.actuate;

import java.util.List;

import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.reconciliation.ReconciledTill;
import io.github.k2connect.webhook.inbox.K2Inbox;
import io.github.k2connect.webhook.inbox.ParkedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The work that waits in the database.
 *
 * @param inbox the state of the inbox, or {@code null} if there is none
 * @param followUps the number of requests whose result is not final yet, or {@code null}
 * if they are not followed up
 * @param keysInDoubt the number of idempotency keys whose requests have ended or must
 * have ended without a known outcome, or {@code null} if there are no keys
 */
record StoredWork(K2Inbox.@Nullable State inbox, @Nullable Long followUps, @Nullable Long keysInDoubt) {

	/**
	 * The work, with parked events and reconciled tills.
	 *
	 * @param work the work
	 * @param parked the first parked events
	 * @param unresolvedKeys the oldest unresolved idempotency keys, or {@code null} if
	 * there are no keys
	 * @param reconciliation the reconciled tills, or {@code null} if none is configured
	 */
	record Details(StoredWork work, List<ParkedEvent> parked, @Nullable List<UnresolvedKey> unresolvedKeys,
			@Nullable List<ReconciledTill> reconciliation) {

	}

}
