package io.github.k2connect.sendmoney;

import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.MetadataRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Sends the whole balance to the merchant's own accounts.
 *
 * @param sourceIdentifier where the money is taken from, or {@code null} for Kopo Kopo's
 * default
 * @param currency the currency, {@code KES}
 * @param callbackUrl where the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which comes back with the result; at most 5
 * entries
 */
public record SweepRequest(@Nullable String sourceIdentifier, String currency, @Nullable URI callbackUrl,
		Map<String, String> metadata) {

	/**
	 * Validate the request and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
	 */
	public SweepRequest {
		RequestValidator violations = new RequestValidator();
		sourceIdentifier = violations.optional(sourceIdentifier);
		currency = violations.currency(currency);
		violations.callbackUrl("callbackUrl", callbackUrl);
		metadata = violations.metadata(metadata);
		violations.throwIfAny();
	}

	/**
	 * Create a new builder.
	 * @return the builder
	 */
	public static Builder builder() {
		return new Builder();
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("source_identifier", this.sourceIdentifier)
			.put("currency", this.currency)
			.metadata(this.metadata)
			.callbackUrl(callback);
	}

	/**
	 * Builder for {@link SweepRequest}.
	 */
	public static final class Builder extends MetadataRequestBuilder<Builder> {

		private @Nullable String sourceIdentifier;

		private @Nullable String currency;

		private Builder() {
		}

		/**
		 * Set where the money is taken from.
		 * @param sourceIdentifier what Kopo Kopo knows it by, or {@code null} for its
		 * default
		 * @return this builder
		 */
		public Builder sourceIdentifier(@Nullable String sourceIdentifier) {
			this.sourceIdentifier = sourceIdentifier;
			return this;
		}

		/**
		 * Set the currency; the default is {@value RequestValidator#CURRENCY}, which is
		 * the only one.
		 * @param currency the currency
		 * @return this builder
		 */
		public Builder currency(String currency) {
			this.currency = currency;
			return this;
		}

		/**
		 * Build the request.
		 * @return the request
		 * @throws InvalidK2RequestException if it cannot be sent
		 */
		@SuppressWarnings("NullAway") // what is missing is a violation
		public SweepRequest build() {
			return new SweepRequest(this.sourceIdentifier, this.currency, this.callbackUrl, this.metadata);
		}

		@Override
		protected Builder self() {
			return this;
		}

	}

}
