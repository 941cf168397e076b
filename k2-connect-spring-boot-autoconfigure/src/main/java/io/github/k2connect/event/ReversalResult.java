package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of the reversal of a payment. Type {@code reversal} or {@code reversals}.
 * <p>
 * A processed reversal does not mean that the customer has received the money: the status
 * of the bulk payment determines the outcome.
 *
 * @param envelope the properties that all results have
 * @param createdAt when the reversal was created
 * @param transactionReference the M-PESA reference of the payment to reverse
 * @param reason why it is reversed
 * @param bulkPayment the payment to the customer, {@code null} until it is created
 * @param errors why it failed, empty if it did not fail
 * @param metadata the metadata of the request
 */
public record ReversalResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String transactionReference, @Nullable String reason, @Nullable ReversalBulkPayment bulkPayment,
		List<String> errors, Map<String, String> metadata) implements K2ResultEvent {

	/**
	 * Create a new result, with copies of the errors and the metadata.
	 */
	public ReversalResult {
		errors = ImmutableCopies.of(errors);
		metadata = ImmutableCopies.of(metadata);
	}

	/**
	 * {@inheritDoc} A processed reversal has the outcome of its bulk payment. It is
	 * pending if there is no bulk payment yet.
	 */
	@Override
	public Outcome outcome() {
		Outcome outcome = Outcome.of(status());
		if (outcome != Outcome.SUCCESSFUL) {
			return outcome;
		}
		return (this.bulkPayment != null) ? Outcome.of(this.bulkPayment.status()) : Outcome.PENDING;
	}

	static ReversalResult from(ResultEnvelope envelope, JsonObject attributes) {
		JsonObject bulkPayment = attributes.objectOrNull("reversal_bulk_payment");
		return new ReversalResult(envelope, attributes.time("created_at"), attributes.text("transaction_reference"),
				attributes.text("reason"), (bulkPayment != null) ? ReversalBulkPayment.from(bulkPayment) : null,
				attributes.texts("errors"), attributes.textMap("metadata"));
	}

}
