package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A customer's payment by card was reversed. Topic {@code card_transaction_reversed}.
 *
 * @param envelope the properties that all webhooks have
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record CardTransactionReversed(WebhookEnvelope envelope,
		@Nullable CardTransaction transaction) implements K2WebhookEvent, CardEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static CardTransactionReversed from(WebhookEnvelope envelope, JsonObject resource) {
		return new CardTransactionReversed(envelope, CardTransaction.from(resource));
	}

}
