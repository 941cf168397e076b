package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A part of the money that is sent.
 *
 * @param amount the amount
 * @param status the disbursement's status
 * @param destinationType the type of the destination, as Kopo Kopo writes it:
 * {@code Mobile
 * Wallet} or {@code mobile_wallet}
 * @param destinationReference the reference of the destination
 * @param originationTime when it was sent
 * @param transactionReference the M-PESA reference
 * @param errors why it failed, empty if it did not fail or the reason is unknown
 * @param destination the details of the destination, {@code null} if Kopo Kopo sends none
 */
public record Disbursement(@Nullable BigDecimal amount, @Nullable String status, @Nullable String destinationType,
		@Nullable String destinationReference, @PreserveOffset @Nullable OffsetDateTime originationTime,
		@Nullable String transactionReference, List<String> errors,
		@Nullable DestinationDetails destination) implements Payout {

	/**
	 * Create a new disbursement, with a copy of the errors.
	 */
	public Disbursement {
		errors = ImmutableCopies.of(errors);
	}

	/**
	 * Return the outcome that the status means.
	 * @return the outcome, {@link Outcome#PENDING} if the status is unknown
	 */
	public Outcome outcome() {
		return Outcome.of(this.status);
	}

	static Disbursement from(JsonObject json) {
		return new Disbursement(json.amount("amount"), json.text("status"), json.text("destination_type"),
				json.text("destination_reference"), json.time("origination_time"), json.text("transaction_reference"),
				json.texts("errors"), DestinationDetails.from(json));
	}

}
