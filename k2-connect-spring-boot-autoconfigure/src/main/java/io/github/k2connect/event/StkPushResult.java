package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a request to pay from a customer's phone stands. Type {@code incoming_payment}.
 * <p>
 * What was paid is known once it succeeded: while it is pending, and when it failed, all
 * from {@code resourceId} to {@code resourceStatus} is {@code null}.
 *
 * @param id the incoming payment's id
 * @param type the type
 * @param status {@code Pending}, {@code Success} or {@code Failed}
 * @param linkSelf the address of the incoming payment
 * @param callbackUrl where the result is sent
 * @param initiationTime when the customer's phone was asked
 * @param eventType {@code Incoming Payment Request}
 * @param resourceId the transaction's id
 * @param reference the M-PESA reference, as on the customer's confirmation
 * @param originationTime when the customer paid
 * @param senderPhoneNumber the customer's phone number
 * @param hashedSenderPhone a hash of the customer's phone number
 * @param amount the amount paid
 * @param currency the currency, {@code KES}
 * @param tillNumber the till that was paid
 * @param system where the payment came from, {@code Lipa Na M-PESA}
 * @param senderFirstName the customer's first name
 * @param senderMiddleName the customer's middle name
 * @param senderLastName the customer's last name
 * @param resourceStatus the transaction's status, {@code Received}
 * @param errors why it failed, empty when it did not
 * @param metadata the metadata of the request
 */
public record StkPushResult(String id, String type, @Nullable String status, @Nullable URI linkSelf,
		@Nullable URI callbackUrl, @PreserveOffset @Nullable OffsetDateTime initiationTime, @Nullable String eventType,
		@Nullable String resourceId, @Nullable String reference,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String senderPhoneNumber,
		@Nullable String hashedSenderPhone, @Nullable BigDecimal amount, @Nullable String currency,
		@Nullable String tillNumber, @Nullable String system, @Nullable String senderFirstName,
		@Nullable String senderMiddleName, @Nullable String senderLastName, @Nullable String resourceStatus,
		List<String> errors, Map<String, String> metadata) implements K2ResultEvent {

	/**
	 * ImmutableCopies the errors and the metadata.
	 */
	public StkPushResult {
		errors = ImmutableCopies.of(errors);
		metadata = ImmutableCopies.of(metadata);
	}

	static StkPushResult from(ResultMessage message) {
		JsonObject attributes = message.attributes();
		JsonObject event = attributes.object("event");
		JsonObject resource = event.object("resource");
		return new StkPushResult(message.id(), message.type(), message.status(), message.linkSelf(),
				message.callbackUrl(), attributes.time("initiation_time"), event.text("type"), resource.text("id"),
				resource.text("reference"), resource.time("origination_time"), resource.text("sender_phone_number"),
				resource.text("hashed_sender_phone"), resource.amount("amount"), resource.text("currency"),
				resource.text("till_number"), resource.text("system"), resource.text("sender_first_name"),
				resource.text("sender_middle_name"), resource.text("sender_last_name"), resource.text("status"),
				event.texts("errors"), attributes.textMap("metadata"));
	}

}
