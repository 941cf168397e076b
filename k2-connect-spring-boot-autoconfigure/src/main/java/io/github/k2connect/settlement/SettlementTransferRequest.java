package io.github.k2connect.settlement;

import java.math.BigDecimal;
import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.IdempotentRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to transfer the merchant's balance, or a part of it, to the merchant's own
 * account: the given account or else the preferred one.
 * <p>
 * A request without amount and destination is blind: it transfers the whole balance to
 * the preferred account. Only a builder from {@link #blind()} creates a blind request, so
 * that a forgotten amount never transfers the whole balance.
 *
 * @param destinationType {@code merchant_bank_account} or {@code merchant_wallet}, or
 * {@code null} for the preferred account
 * @param destinationReference the reference of the account, as in its status;
 * {@code null} if the type is {@code null}
 * @param currency the currency, {@code KES}
 * @param amount the amount in shillings, positive, with at most two decimals;
 * {@code null} in a blind transfer only
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record SettlementTransferRequest(@Nullable String destinationType, @Nullable String destinationReference,
		String currency, @Nullable BigDecimal amount, @Nullable URI callbackUrl, @Nullable String idempotencyKey,
		Map<String, Object> extra) {

	private static final String REQUIRED_UNLESS_BLIND = "is required unless the transfer is blind";

	private static final String LEFT_OUT_IF_BLIND = "must be left out of a blind transfer";

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public SettlementTransferRequest {
		RequestValidator violations = new RequestValidator();
		destinationType = violations.optional(destinationType);
		destinationReference = violations.optional(destinationReference);
		if (destinationType == null && destinationReference != null) {
			violations.add("destinationType", "is required with a destinationReference");
		}
		if (destinationType != null && destinationReference == null) {
			violations.add("destinationReference", "is required with a destinationType");
		}
		currency = violations.currency(currency);
		if (amount != null) {
			amount = violations.optionalAmount("amount", amount);
		}
		else if (destinationType != null || destinationReference != null) {
			violations.add("amount", REQUIRED_UNLESS_BLIND);
		}
		violations.callbackUrl("callbackUrl", callbackUrl);
		idempotencyKey = violations.idempotencyKey(idempotencyKey);
		extra = violations.extra(extra);
		violations.throwIfAny();
	}

	/**
	 * Create a new builder of a transfer of an amount.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder(false);
	}

	/**
	 * Create a new builder of a transfer of the whole balance to the preferred account.
	 * @return the builder, which takes neither amount nor destination
	 */
	public static Builder blind() {
		return new Builder(true);
	}

	/**
	 * Create a new builder with the values of this request, without its idempotency key.
	 * @return the builder
	 */
	public Builder toBuilder() {
		Builder builder = new Builder(this.amount == null).destinationType(this.destinationType)
			.destinationReference(this.destinationReference)
			.currency(this.currency)
			.callbackUrl(this.callbackUrl)
			.extra(this.extra);
		builder.amount = this.amount;
		return builder;
	}

	JsonBody toJson(URI callback) {
		JsonBody body = new JsonBody().put("destination_type", this.destinationType)
			.put("destination_reference", this.destinationReference);
		if (this.amount != null) {
			body.amount(this.currency, this.amount);
		}
		return body.callbackUrl(callback).extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.SETTLEMENT_TRANSFER.value())
			.with("type", this.destinationType)
			.with("recipient", this.destinationReference)
			.amount(this.currency, this.amount);
	}

	/**
	 * Builder for {@link SettlementTransferRequest}.
	 */
	public static final class Builder extends IdempotentRequestBuilder<SettlementTransferRequest, Builder> {

		private final boolean blind;

		private @Nullable String destinationType;

		private @Nullable String destinationReference;

		private @Nullable String currency;

		private @Nullable BigDecimal amount;

		private Builder(boolean blind) {
			this.blind = blind;
		}

		/**
		 * Set the type of the account, {@code merchant_bank_account} or
		 * {@code merchant_wallet}; without type and reference the money goes to the
		 * preferred account.
		 */
		public Builder destinationType(@Nullable String destinationType) {
			this.destinationType = destinationType;
			return this;
		}

		/**
		 * Set the reference of the account, as its status names it; required with a type.
		 */
		public Builder destinationReference(@Nullable String destinationReference) {
			this.destinationReference = destinationReference;
			return this;
		}

		/**
		 * Set the currency; {@value RequestValidator#CURRENCY} is the default and the
		 * only one.
		 */
		public Builder currency(String currency) {
			this.currency = currency;
			return this;
		}

		/**
		 * Set the amount in shillings, positive and with at most two decimals; required
		 * unless the transfer is blind.
		 */
		public Builder amount(BigDecimal amount) {
			this.amount = amount;
			return this;
		}

		/**
		 * Set the amount in whole shillings, positive; required unless the transfer is
		 * blind.
		 */
		public Builder amount(long amount) {
			return amount(BigDecimal.valueOf(amount));
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public SettlementTransferRequest build() {
			RequestValidator violations = new RequestValidator();
			if (!this.blind && this.amount == null) {
				violations.add("amount", REQUIRED_UNLESS_BLIND);
			}
			if (this.blind && this.amount != null) {
				violations.add("amount", LEFT_OUT_IF_BLIND);
			}
			if (this.blind && this.destinationType != null) {
				violations.add("destinationType", LEFT_OUT_IF_BLIND);
			}
			if (this.blind && this.destinationReference != null) {
				violations.add("destinationReference", LEFT_OUT_IF_BLIND);
			}
			return violations.with(() -> new SettlementTransferRequest(this.destinationType, this.destinationReference,
					this.currency, this.amount, callbackUrl(), idempotencyKey(), extra()));
		}

	}

}
