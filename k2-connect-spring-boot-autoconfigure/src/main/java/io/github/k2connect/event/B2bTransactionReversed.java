package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Another till's payment to a till of the merchant was reversed. Topic {@code
 * b2b_transaction_reversed}.
 *
 * @param envelope the properties that all webhooks have
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record B2bTransactionReversed(WebhookEnvelope envelope,
		@Nullable B2bTransaction transaction) implements K2WebhookEvent, B2bEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static B2bTransactionReversed from(WebhookEnvelope envelope, JsonObject resource) {
		return new B2bTransactionReversed(envelope, B2bTransaction.from(resource));
	}

}
