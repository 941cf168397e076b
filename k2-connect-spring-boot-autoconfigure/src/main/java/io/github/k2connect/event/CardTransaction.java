package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A customer's payment by card.
 *
 * @param resourceId the transaction's id
 * @param reference the reference of the payment
 * @param originationTime when the customer paid
 * @param amount the amount
 * @param currency the currency, {@code KES}
 * @param status the transaction's status
 * @param tillNumber the till that was paid
 * @param customerCcNumber the number of the customer's card, as Kopo Kopo shows it
 */
public record CardTransaction(@Nullable String resourceId, @Nullable String reference,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable BigDecimal amount,
		@Nullable String currency, @Nullable String status, @Nullable String tillNumber,
		@Nullable String customerCcNumber) {

	static final CardTransaction NONE = new CardTransaction(null, null, null, null, null, null, null, null);

	/**
	 * Read a transaction.
	 * @param resource the resource of a message
	 * @return the transaction, or {@code null} when the resource has none of its
	 * properties
	 */
	static @Nullable CardTransaction from(JsonObject resource) {
		CardTransaction transaction = new CardTransaction(resource.text("id"), resource.text("reference"),
				resource.time("origination_time"), resource.amount("amount"), resource.text("currency"),
				resource.text("status"), resource.text("till_number"), resource.text("customer_cc_number"));
		return !transaction.equals(NONE) ? transaction : null;
	}

}
