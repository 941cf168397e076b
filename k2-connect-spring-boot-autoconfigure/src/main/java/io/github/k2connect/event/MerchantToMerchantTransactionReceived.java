package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Another merchant of Kopo Kopo paid. Topic {@code m2m_transaction_received}.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param createdAt when the webhook was made
 * @param eventType {@code Merchant to Merchant Transaction}
 * @param linkSelf the address of the webhook
 * @param linkResource the address of the transaction
 * @param resourceId the transaction's id
 * @param originationTime when the merchant paid
 * @param sendingMerchant the name of the merchant that paid
 * @param amount the amount paid
 * @param currency the currency, {@code KES}
 * @param status the transaction's status
 */
public record MerchantToMerchantTransactionReceived(String id, String topic,
		@PreserveOffset @Nullable OffsetDateTime createdAt, @Nullable String eventType, @Nullable URI linkSelf,
		@Nullable URI linkResource, @Nullable String resourceId,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String sendingMerchant,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String status) implements K2WebhookEvent {

	static MerchantToMerchantTransactionReceived from(WebhookMessage message) {
		JsonObject resource = message.resource();
		return new MerchantToMerchantTransactionReceived(message.id(), message.topic(), message.createdAt(),
				message.eventType(), message.linkSelf(), message.linkResource(), resource.text("id"),
				resource.time("origination_time"), resource.text("sending_merchant"), resource.amount("amount"),
				resource.text("currency"), resource.text("status"));
	}

}
