package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A customer's payment to a till was reversed. Topic {@code
 * buygoods_transaction_reversed}.
 *
 * @param envelope the properties that all webhooks have
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record BuygoodsTransactionReversed(WebhookEnvelope envelope,
		@Nullable TillTransaction transaction) implements K2WebhookEvent, TillReversal {

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	public @Nullable String status() {
		return (this.transaction != null) ? this.transaction.status() : null;
	}

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static BuygoodsTransactionReversed from(WebhookEnvelope envelope, JsonObject resource) {
		return new BuygoodsTransactionReversed(envelope, TillTransaction.from(resource));
	}

}
