package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Another merchant of Kopo Kopo paid. Topic {@code m2m_transaction_received}.
 *
 * @param envelope the properties that all webhooks have
 * @param resourceId the transaction's id
 * @param originationTime when the merchant paid
 * @param sendingMerchant the name of the merchant that paid
 * @param amount the amount paid
 * @param currency the currency, {@code KES}
 * @param status the transaction's status
 */
public record MerchantToMerchantTransactionReceived(WebhookEnvelope envelope, @Nullable String resourceId,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String sendingMerchant,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String status) implements K2WebhookEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static MerchantToMerchantTransactionReceived from(WebhookEnvelope envelope, JsonObject resource) {
		return new MerchantToMerchantTransactionReceived(envelope, resource.text("id"),
				resource.time("origination_time"), resource.text("sending_merchant"), resource.amount("amount"),
				resource.text("currency"), resource.text("status"));
	}

}
