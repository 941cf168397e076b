package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A part in which money was sent.
 *
 * @param amount the amount
 * @param status the disbursement's status
 * @param destinationType what the money goes to, as Kopo Kopo writes it: {@code Mobile
 * Wallet} or {@code mobile_wallet}
 * @param destinationReference the reference of the destination
 * @param originationTime when it was sent
 * @param transactionReference the M-PESA reference
 */
public record Disbursement(@Nullable BigDecimal amount, @Nullable String status, @Nullable String destinationType,
		@Nullable String destinationReference, @KeepsOffset @Nullable OffsetDateTime originationTime,
		@Nullable String transactionReference) {

	static Disbursement from(JsonObject json) {
		return new Disbursement(json.amount("amount"), json.text("status"), json.text("destination_type"),
				json.text("destination_reference"), json.time("origination_time"), json.text("transaction_reference"));
	}

}
