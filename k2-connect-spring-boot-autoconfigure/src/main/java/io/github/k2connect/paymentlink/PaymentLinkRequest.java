package io.github.k2connect.paymentlink;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.MoneyRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request for a payment link for a customer.
 *
 * @param tillNumber the number of the till that is paid: an online payments account, for
 * example {@code K000000}, or an M-PESA till, for example {@code 000000}
 * @param currency the currency, {@code KES}
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param paymentReference the merchant's reference for the payment, or {@code null}
 * @param note the note for the customer, or {@code null}
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record PaymentLinkRequest(String tillNumber, String currency, BigDecimal amount,
		@Nullable String paymentReference, @Nullable String note, @Nullable URI callbackUrl,
		Map<String, String> metadata, @Nullable String idempotencyKey, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public PaymentLinkRequest {
		RequestValidator violations = new RequestValidator();
		tillNumber = violations.required("tillNumber", tillNumber);
		currency = violations.currency(currency);
		amount = violations.amount("amount", amount);
		paymentReference = violations.optional(paymentReference);
		note = violations.optional(note);
		violations.callbackUrl("callbackUrl", callbackUrl);
		metadata = violations.metadata(metadata);
		idempotencyKey = violations.idempotencyKey(idempotencyKey);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	/**
	 * Create a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	/**
	 * Create a new builder with the values of this request, without its idempotency key.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().tillNumber(this.tillNumber)
			.currency(this.currency)
			.amount(this.amount)
			.paymentReference(this.paymentReference)
			.note(this.note)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("till_number", this.tillNumber)
			.put("currency", this.currency)
			.put("amount", this.amount)
			.put("payment_reference", this.paymentReference)
			.put("note", this.note)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.PAYMENT_LINK.value())
			.with("till", this.tillNumber)
			.with("reference", this.paymentReference)
			.amount(this.currency, this.amount);
	}

	/**
	 * Builder for {@link PaymentLinkRequest}.
	 */
	public static final class Builder extends MoneyRequestBuilder<PaymentLinkRequest, Builder> {

		private @Nullable String tillNumber;

		private @Nullable String paymentReference;

		private @Nullable String note;

		private Builder() {
		}

		/** Set the number of the till that is paid; required. */
		public Builder tillNumber(String tillNumber) {
			this.tillNumber = tillNumber;
			return this;
		}

		/** Set the merchant's reference for the payment. */
		public Builder paymentReference(@Nullable String paymentReference) {
			this.paymentReference = paymentReference;
			return this;
		}

		/** Set the note for the customer. */
		public Builder note(@Nullable String note) {
			this.note = note;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public PaymentLinkRequest build() {
			return new PaymentLinkRequest(this.tillNumber, currency(), amount(), this.paymentReference, this.note,
					callbackUrl(), metadata(), idempotencyKey(), extra());
		}

	}

}
