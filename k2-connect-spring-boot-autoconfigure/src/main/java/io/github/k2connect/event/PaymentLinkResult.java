package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a payment link. Type {@code payment_link}.
 * <p>
 * The request and the link each have a status. If the status of the link is final, it
 * determines the outcome, otherwise the status of the request does.
 *
 * @param envelope the properties that all results have
 * @param createdAt when the payment link was created
 * @param tillName the name of the till
 * @param tillNumber the till that is paid
 * @param paymentReference the merchant's reference for the payment
 * @param currency the currency, {@code KES}
 * @param amount the amount to pay
 * @param note the note for the customer
 * @param paymentLink the link, {@code null} until it is created
 * @param errors why it failed, empty if it did not fail
 * @param metadata the metadata of the request
 */
public record PaymentLinkResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String tillName, @Nullable String tillNumber, @Nullable String paymentReference,
		@Nullable String currency, @Nullable BigDecimal amount, @Nullable String note,
		@Nullable PaymentLinkDetails paymentLink, List<String> errors,
		Map<String, String> metadata) implements K2ResultEvent {

	/**
	 * Create a new result, with copies of the errors and the metadata.
	 */
	public PaymentLinkResult {
		errors = ImmutableCopies.of(errors);
		metadata = ImmutableCopies.of(metadata);
	}

	/**
	 * {@inheritDoc} A link is successful if it was paid, failed if it was cancelled or
	 * has expired, and pending while it is active.
	 */
	@Override
	public Outcome outcome() {
		Outcome outcome = (this.paymentLink != null) ? Outcome.ofPaymentLink(this.paymentLink.status())
				: Outcome.PENDING;
		return (outcome != Outcome.PENDING) ? outcome : Outcome.ofPaymentLink(status());
	}

	static PaymentLinkResult from(ResultEnvelope envelope, JsonObject attributes) {
		JsonObject paymentLink = attributes.objectOrNull("payment_link");
		return new PaymentLinkResult(envelope, attributes.time("created_at"), attributes.text("till_name"),
				attributes.text("till_number"), attributes.text("payment_reference"), attributes.text("currency"),
				attributes.amount("amount"), attributes.text("note"),
				(paymentLink != null) ? PaymentLinkDetails.from(paymentLink) : null, attributes.texts("errors"),
				attributes.textMap("metadata"));
	}

}
