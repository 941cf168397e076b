package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A payment from another till to a till of the merchant.
 *
 * @param resourceId the transaction's id
 * @param reference the M-PESA reference of the payment
 * @param originationTime when the payment was made
 * @param sendingTill the till that paid
 * @param amount the amount
 * @param currency the currency, {@code KES}
 * @param tillNumber the till that was paid
 * @param system where the payment came from, {@code Lipa Na M-PESA}
 * @param status the transaction's status
 */
public record B2bTransaction(@Nullable String resourceId, @Nullable String reference,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String sendingTill,
		@Nullable BigDecimal amount, @Nullable String currency, @Nullable String tillNumber, @Nullable String system,
		@Nullable String status) {

	static final B2bTransaction NONE = new B2bTransaction(null, null, null, null, null, null, null, null, null);

	/**
	 * Read a transaction.
	 * @param resource the resource of a message
	 * @return the transaction, or {@code null} when the resource has none of its
	 * properties
	 */
	static @Nullable B2bTransaction from(JsonObject resource) {
		B2bTransaction transaction = new B2bTransaction(resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.text("sending_till"), resource.amount("amount"),
				resource.text("currency"), resource.text("till_number"), resource.text("system"),
				resource.text("status"));
		return !transaction.equals(NONE) ? transaction : null;
	}

}
