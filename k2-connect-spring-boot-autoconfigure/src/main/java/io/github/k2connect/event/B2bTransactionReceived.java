package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Another till paid to a till of the merchant. Topic {@code b2b_transaction_received}.
 *
 * @param envelope the properties that all webhooks have
 * @param transaction the transaction, {@code null} when Kopo Kopo sends none
 */
public record B2bTransactionReceived(WebhookEnvelope envelope,
		@Nullable B2bTransaction transaction) implements K2WebhookEvent, B2bEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static B2bTransactionReceived from(WebhookEnvelope envelope, JsonObject resource) {
		return new B2bTransactionReceived(envelope, B2bTransaction.from(resource));
	}

}
