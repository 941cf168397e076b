package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A customer's payment to a till was given back. Topic {@code
 * buygoods_transaction_reversed}.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param createdAt when the webhook was made
 * @param eventType {@code Buygoods Transaction}
 * @param linkSelf the address of the webhook
 * @param linkResource the address of the transaction
 * @param resourceId the transaction's id
 * @param reference the M-PESA reference, as on the customer's confirmation
 * @param originationTime when the customer paid
 * @param senderPhoneNumber the customer's phone number
 * @param hashedSenderPhone a hash of the customer's phone number
 * @param amount the amount given back
 * @param currency the currency, {@code KES}
 * @param tillNumber the till that was paid
 * @param system where the payment came from, {@code Lipa Na M-PESA}
 * @param status the transaction's status, {@code Reversed}
 * @param senderFirstName the customer's first name
 * @param senderMiddleName the customer's middle name
 * @param senderLastName the customer's last name
 */
public record BuygoodsTransactionReversed(String id, String topic, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String eventType, @Nullable URI linkSelf, @Nullable URI linkResource, @Nullable String resourceId,
		@Nullable String reference, @PreserveOffset @Nullable OffsetDateTime originationTime,
		@Nullable String senderPhoneNumber, @Nullable String hashedSenderPhone, @Nullable BigDecimal amount,
		@Nullable String currency, @Nullable String tillNumber, @Nullable String system, @Nullable String status,
		@Nullable String senderFirstName, @Nullable String senderMiddleName,
		@Nullable String senderLastName) implements K2WebhookEvent {

	static BuygoodsTransactionReversed from(WebhookMessage message) {
		JsonObject resource = message.resource();
		return new BuygoodsTransactionReversed(message.id(), message.topic(), message.createdAt(), message.eventType(),
				message.linkSelf(), message.linkResource(), resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.text("sender_phone_number"),
				resource.text("hashed_sender_phone"), resource.amount("amount"), resource.text("currency"),
				resource.text("till_number"), resource.text("system"), resource.text("status"),
				resource.text("sender_first_name"), resource.text("sender_middle_name"),
				resource.text("sender_last_name"));
	}

}
