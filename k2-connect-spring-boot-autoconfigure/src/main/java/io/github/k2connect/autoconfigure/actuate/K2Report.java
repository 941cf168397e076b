package io.github.k2connect.autoconfigure.actuate;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import io.github.k2connect.K2IdempotencyKeys.UnresolvedKey;
import io.github.k2connect.reconciliation.ReconciledTill;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.inbox.ParkedEvent;
import org.jspecify.annotations.Nullable;

/**
 * The response of the endpoint. It has no secrets and no customer data.
 *
 * @param version the version of k2-connect
 * @param mode the delivery mode, or {@code null} without webhook endpoint
 * @param store the event store, or {@code null} without webhook endpoint
 * @param accounts the accounts by their name in metrics
 * @param inbox the inbox, or {@code null} if there is none or its database does not
 * respond
 * @param followUps the number of requests whose result is not final yet, or {@code null}
 * likewise
 * @param unresolvedKeys the oldest unresolved idempotency keys, also those of requests
 * that are being sent, or {@code null} likewise
 * @param reconciliation the reconciled tills, or {@code null} likewise
 */
record K2Report(@Nullable String version, @Nullable String mode, @Nullable String store, Map<String, Account> accounts,
		@Nullable Inbox inbox, @Nullable Long followUps, @Nullable List<UnresolvedKey> unresolvedKeys,
		@Nullable List<ReconciledTill> reconciliation) {

	/**
	 * An account.
	 *
	 * @param token its access token, or {@code null} if it has no credentials
	 * @param lastAccepted when this instance last responded to a message with 200
	 * @param lastRejected when this instance last rejected a message
	 */
	record Account(@Nullable Token token, @Nullable Instant lastAccepted, @Nullable Instant lastRejected) {

	}

	/**
	 * An access token.
	 *
	 * @param expiresAt when it expires
	 * @param lastFailure the last failed request for a token
	 */
	record Token(@Nullable Instant expiresAt, TokenStatus.@Nullable Failure lastFailure) {

		static @Nullable Token of(@Nullable TokenStatus status) {
			return (status != null) ? new Token(status.expiresAt(), status.lastFailure()) : null;
		}

	}

	/**
	 * The inbox.
	 *
	 * @param waiting the number of events that wait or are being handled
	 * @param oldestWaiting when the oldest of them was received
	 * @param parkedTotal the number of parked events
	 * @param parked the first of the parked events
	 */
	record Inbox(long waiting, @Nullable Instant oldestWaiting, long parkedTotal, List<ParkedEvent> parked) {

	}

}
