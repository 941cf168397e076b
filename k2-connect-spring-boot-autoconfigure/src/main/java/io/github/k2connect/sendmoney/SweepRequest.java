package io.github.k2connect.sendmoney;

import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to send the whole balance to the merchant's own accounts.
 *
 * @param sourceIdentifier the account from which the money is taken, or {@code null} for
 * Kopo Kopo's default
 * @param currency the currency, {@code KES}
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record SweepRequest(@Nullable String sourceIdentifier, String currency, @Nullable URI callbackUrl,
		Map<String, String> metadata, @Nullable String idempotencyKey, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public SweepRequest {
		RequestValidator violations = new RequestValidator();
		sourceIdentifier = violations.optional(sourceIdentifier);
		currency = violations.currency(currency);
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
		return new Builder().sourceIdentifier(this.sourceIdentifier)
			.currency(this.currency)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("source_identifier", this.sourceIdentifier)
			.put("currency", this.currency)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.SEND_MONEY.value())
			.with("recipient", "sweep")
			.with("till", this.sourceIdentifier)
			.with("currency", this.currency);
	}

	/**
	 * Builder for {@link SweepRequest}.
	 */
	public static final class Builder extends SourceRequestBuilder<SweepRequest, Builder> {

		private Builder() {
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public SweepRequest build() {
			return new SweepRequest(this.sourceIdentifier, this.currency, callbackUrl(), metadata(), idempotencyKey(),
					extra());
		}

	}

}
