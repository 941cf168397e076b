package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A payment by card was called off before it was settled. Topic {@code
 * card_transaction_voided}.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param createdAt when the webhook was made
 * @param eventType Kopo Kopo's name for what happened
 * @param linkSelf the address of the webhook
 * @param linkResource the address of the transaction
 * @param resourceId the transaction's id
 * @param reference the reference of the payment
 * @param originationTime when the customer paid
 * @param amount the amount paid
 * @param currency the currency, {@code KES}
 * @param status the transaction's status
 * @param tillNumber the till that was paid
 * @param customerCcNumber the number of the customer's card, as Kopo Kopo shows it
 */
public record CardTransactionVoided(String id, String topic, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String eventType, @Nullable URI linkSelf, @Nullable URI linkResource, @Nullable String resourceId,
		@Nullable String reference, @PreserveOffset @Nullable OffsetDateTime originationTime,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String status, @Nullable String tillNumber,
		@Nullable String customerCcNumber) implements K2WebhookEvent {

	static CardTransactionVoided from(WebhookMessage message) {
		JsonObject resource = message.resource();
		return new CardTransactionVoided(message.id(), message.topic(), message.createdAt(), message.eventType(),
				message.linkSelf(), message.linkResource(), resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.amount("amount"), resource.text("currency"),
				resource.text("status"), resource.text("till_number"), resource.text("customer_cc_number"));
	}

}
