package io.github.k2connect.reversal;

import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.MetadataRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to give a customer a payment back.
 *
 * @param transactionReference the M-PESA reference of the payment
 * @param reason why it is given back
 * @param callbackUrl where the result is sent, or {@code null} for the default
 * @param metadata the merchant's own data, which comes back with the result; at most 5
 * entries
 */
public record ReversalRequest(String transactionReference, String reason, @Nullable URI callbackUrl,
		Map<String, String> metadata) {

	/**
	 * Validate the request and bring it into the form in which it is sent.
	 * @throws InvalidK2RequestException if it cannot be sent
	 */
	public ReversalRequest {
		RequestValidator violations = new RequestValidator();
		transactionReference = violations.required("transactionReference", transactionReference);
		reason = violations.required("reason", reason);
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
		return new JsonBody().put("transaction_reference", this.transactionReference)
			.put("reason", this.reason)
			.metadata(this.metadata)
			.callbackUrl(callback);
	}

	/**
	 * Builder for {@link ReversalRequest}.
	 */
	public static final class Builder extends MetadataRequestBuilder<ReversalRequest, Builder> {

		private @Nullable String transactionReference;

		private @Nullable String reason;

		private Builder() {
		}

		/** Set the M-PESA reference of the payment to give back; required. */
		public Builder transactionReference(String transactionReference) {
			this.transactionReference = transactionReference;
			return this;
		}

		/** Set why the payment is given back; required. */
		public Builder reason(String reason) {
			this.reason = reason;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record refuses what is missing
		public ReversalRequest build() {
			return new ReversalRequest(this.transactionReference, this.reason, this.callbackUrl, this.metadata);
		}

	}

}
