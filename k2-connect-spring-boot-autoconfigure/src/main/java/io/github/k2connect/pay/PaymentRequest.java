package io.github.k2connect.pay;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.request.MoneyRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to pay a recipient that was added before.
 *
 * @param destinationType the {@linkplain Recipient#type() type} of the recipient
 * @param destinationReference the reference of the recipient, as in its status
 * @param currency the currency, {@code KES}
 * @param amount the amount in shillings, positive, with at most two decimals
 * @param description what the payment is for
 * @param category the category of the payment, or {@code null}
 * @param tags tags of the payment
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record PaymentRequest(String destinationType, String destinationReference, String currency, BigDecimal amount,
		String description, @Nullable String category, List<String> tags, @Nullable URI callbackUrl,
		Map<String, String> metadata, @Nullable String idempotencyKey, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public PaymentRequest {
		RequestValidator violations = new RequestValidator();
		destinationType = violations.required("destinationType", destinationType);
		destinationReference = violations.required("destinationReference", destinationReference);
		currency = violations.currency(currency);
		amount = violations.amount("amount", amount);
		description = violations.required("description", description);
		category = violations.optional(category);
		tags = violations.texts("tags", tags);
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
		return new Builder().destinationType(this.destinationType)
			.destinationReference(this.destinationReference)
			.currency(this.currency)
			.amount(this.amount)
			.description(this.description)
			.category(this.category)
			.tags(this.tags)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("destination_type", this.destinationType)
			.put("destination_reference", this.destinationReference)
			.amount(this.currency, this.amount)
			.put("description", this.description)
			.put("category", this.category)
			.putTexts("tags", this.tags)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.PAYMENT.value())
			.with("type", this.destinationType)
			.with("recipient", this.destinationReference)
			.amount(this.currency, this.amount);
	}

	/**
	 * Builder for {@link PaymentRequest}.
	 */
	public static final class Builder extends MoneyRequestBuilder<PaymentRequest, Builder> {

		private @Nullable String destinationType;

		private @Nullable String destinationReference;

		private @Nullable String description;

		private @Nullable String category;

		private List<String> tags = List.of();

		private Builder() {
		}

		/** Set the {@linkplain Recipient#type() type} of the recipient; required. */
		public Builder destinationType(String destinationType) {
			this.destinationType = destinationType;
			return this;
		}

		/** Set the reference of the recipient, as in its status; required. */
		public Builder destinationReference(String destinationReference) {
			this.destinationReference = destinationReference;
			return this;
		}

		/** Set what the payment is for; required. */
		public Builder description(String description) {
			this.description = description;
			return this;
		}

		/** Set the category of the payment. */
		public Builder category(@Nullable String category) {
			this.category = category;
			return this;
		}

		/** Set the tags of the payment. They replace the tags set before. */
		public Builder tags(@Nullable List<String> tags) {
			this.tags = (tags != null) ? new ArrayList<>(tags) : List.of();
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public PaymentRequest build() {
			return new PaymentRequest(this.destinationType, this.destinationReference, currency(), amount(),
					this.description, this.category, this.tags, callbackUrl(), metadata(), idempotencyKey(), extra());
		}

	}

}
