package io.github.k2connect.reversal;

import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.event.ResultType;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.MetadataRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to reverse a customer's payment.
 *
 * @param transactionReference the M-PESA reference of the payment
 * @param reason why it is reversed
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which the result contains again; at most 5
 * entries
 * @param idempotencyKey the key with which the request is sent once, or {@code null}
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record ReversalRequest(String transactionReference, String reason, @Nullable URI callbackUrl,
		Map<String, String> metadata, @Nullable String idempotencyKey, Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public ReversalRequest {
		RequestValidator violations = new RequestValidator();
		transactionReference = violations.required("transactionReference", transactionReference);
		reason = violations.required("reason", reason);
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
		return new Builder().transactionReference(this.transactionReference)
			.reason(this.reason)
			.callbackUrl(this.callbackUrl)
			.metadata(this.metadata)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("transaction_reference", this.transactionReference)
			.put("reason", this.reason)
			.metadata(this.metadata)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Return by what another request with the same idempotency key is the same.
	 */
	Fingerprint fingerprint() {
		return Fingerprint.of(ResultType.REVERSAL.value()).with("reference", this.transactionReference);
	}

	/**
	 * Builder for {@link ReversalRequest}.
	 */
	public static final class Builder extends MetadataRequestBuilder<ReversalRequest, Builder> {

		private @Nullable String transactionReference;

		private @Nullable String reason;

		private Builder() {
		}

		/** Set the M-PESA reference of the payment to reverse; required. */
		public Builder transactionReference(String transactionReference) {
			this.transactionReference = transactionReference;
			return this;
		}

		/** Set why the payment is reversed; required. */
		public Builder reason(String reason) {
			this.reason = reason;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public ReversalRequest build() {
			return new ReversalRequest(this.transactionReference, this.reason, callbackUrl(), metadata(),
					idempotencyKey(), extra());
		}

	}

}
