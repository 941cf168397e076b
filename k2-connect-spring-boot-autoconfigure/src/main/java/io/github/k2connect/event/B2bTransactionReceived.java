package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Another till paid to a till of the merchant. Topic {@code b2b_transaction_received}.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param createdAt when the webhook was made
 * @param eventType {@code External Till to Till Transaction}
 * @param linkSelf the address of the webhook
 * @param linkResource the address of the transaction
 * @param resourceId the transaction's id
 * @param reference the M-PESA reference of the payment
 * @param originationTime when the payment was made
 * @param sendingTill the till that paid
 * @param amount the amount paid
 * @param currency the currency, {@code KES}
 * @param tillNumber the till that was paid
 * @param system where the payment came from, {@code Lipa Na M-PESA}
 * @param status the transaction's status, {@code Complete}
 */
public record B2bTransactionReceived(String id, String topic, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String eventType, @Nullable URI linkSelf, @Nullable URI linkResource, @Nullable String resourceId,
		@Nullable String reference, @PreserveOffset @Nullable OffsetDateTime originationTime,
		@Nullable String sendingTill, @Nullable BigDecimal amount, @Nullable String currency,
		@Nullable String tillNumber, @Nullable String system, @Nullable String status) implements K2WebhookEvent {

	static B2bTransactionReceived from(WebhookMessage message) {
		JsonObject resource = message.resource();
		return new B2bTransactionReceived(message.id(), message.topic(), message.createdAt(), message.eventType(),
				message.linkSelf(), message.linkResource(), resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.text("sending_till"), resource.amount("amount"),
				resource.text("currency"), resource.text("till_number"), resource.text("system"),
				resource.text("status"));
	}

}
