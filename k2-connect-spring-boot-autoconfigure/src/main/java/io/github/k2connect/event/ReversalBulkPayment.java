package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The payment that returns the money to a customer.
 *
 * @param amount the amount
 * @param status {@code Transferred} or {@code Cancelled}
 * @param originationTime when it was paid
 * @param transactionReference the M-PESA reference of this payment
 */
public record ReversalBulkPayment(@Nullable BigDecimal amount, @Nullable String status,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable String transactionReference) {

	static ReversalBulkPayment from(JsonObject json) {
		return new ReversalBulkPayment(json.amount("amount"), json.text("status"), json.time("origination_time"),
				json.text("transaction_reference"));
	}

}
