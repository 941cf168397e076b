package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonBody;
import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

import static java.time.format.DateTimeFormatter.ISO_OFFSET_DATE_TIME;

/**
 * A customer's payment to a till.
 *
 * @param resourceId the transaction's id
 * @param reference the M-PESA reference, as on the customer's confirmation
 * @param originationTime when the customer paid
 * @param senderPhoneNumber the customer's phone number, which may be masked
 * @param hashedSenderPhone the hash of the customer's phone number, see
 * {@link io.github.k2connect.PhoneNumber#hash()}
 * @param amount the amount
 * @param currency the currency, {@code KES}
 * @param tillNumber the till that was paid
 * @param system where the payment came from, {@code Lipa Na M-PESA}
 * @param status the transaction's status, {@code Received} or {@code Reversed}
 * @param senderFirstName the customer's first name
 * @param senderMiddleName the customer's middle name
 * @param senderLastName the customer's last name
 */
public record TillTransaction(@Nullable String resourceId, @Nullable String reference,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String senderPhoneNumber,
		@Nullable String hashedSenderPhone, @Nullable BigDecimal amount, @Nullable String currency,
		@Nullable String tillNumber, @Nullable String system, @Nullable String status, @Nullable String senderFirstName,
		@Nullable String senderMiddleName, @Nullable String senderLastName) {

	static final TillTransaction NONE = new TillTransaction(null, null, null, null, null, null, null, null, null, null,
			null, null, null);

	/**
	 * Read a transaction.
	 * @param resource the resource of a message
	 * @return the transaction, or {@code null} when the resource has none of its
	 * properties
	 */
	static @Nullable TillTransaction from(JsonObject resource) {
		TillTransaction transaction = new TillTransaction(resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.text("sender_phone_number"),
				resource.text("hashed_sender_phone"), resource.amount("amount"), resource.text("currency"),
				resource.text("till_number"), resource.text("system"), resource.text("status"),
				resource.text("sender_first_name"), resource.text("sender_middle_name"),
				resource.text("sender_last_name"));
		return !transaction.equals(NONE) ? transaction : null;
	}

	JsonBody toJson() {
		return new JsonBody().put("id", this.resourceId)
			.put("reference", this.reference)
			.put("origination_time",
					(this.originationTime != null) ? ISO_OFFSET_DATE_TIME.format(this.originationTime) : null)
			.put("sender_phone_number", this.senderPhoneNumber)
			.put("hashed_sender_phone", this.hashedSenderPhone)
			.put("amount", (this.amount != null) ? this.amount.toPlainString() : null)
			.put("currency", this.currency)
			.put("till_number", this.tillNumber)
			.put("system", this.system)
			.put("status", this.status)
			.put("sender_first_name", this.senderFirstName)
			.put("sender_middle_name", this.senderMiddleName)
			.put("sender_last_name", this.senderLastName);
	}

}
