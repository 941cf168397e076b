package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A customer paid by card. Topic {@code card_transaction_received}.
 *
 * @param envelope the properties that all webhooks have
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 * @param settled whether the money was settled
 */
public record CardTransactionReceived(WebhookEnvelope envelope, @Nullable CardTransaction transaction,
		@Nullable Boolean settled) implements K2WebhookEvent, CardEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static CardTransactionReceived from(WebhookEnvelope envelope, JsonObject resource) {
		return new CardTransactionReceived(envelope, CardTransaction.from(resource), resource.flag("settled"));
	}

}
