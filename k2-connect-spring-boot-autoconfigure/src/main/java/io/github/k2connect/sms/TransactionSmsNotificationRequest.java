package io.github.k2connect.sms;

import java.net.URI;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.CallbackRequestBuilder;
import io.github.k2connect.request.RequestValidator;
import org.jspecify.annotations.Nullable;

/**
 * Request to send the customer of a transaction a text message.
 *
 * @param webhookEventReference the id of the webhook for the transaction
 * @param message the text to send
 * @param callbackUrl the URL to which the result is sent, or {@code null} for the default
 * @param extra properties that this library does not know, by their paths in the JSON
 */
public record TransactionSmsNotificationRequest(String webhookEventReference, String message, @Nullable URI callbackUrl,
		Map<String, Object> extra) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public TransactionSmsNotificationRequest {
		RequestValidator violations = new RequestValidator();
		webhookEventReference = violations.required("webhookEventReference", webhookEventReference);
		message = violations.required("message", message);
		violations.callbackUrl("callbackUrl", callbackUrl);
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
	 * Create a new builder with the values of this request.
	 * @return the builder
	 */
	public Builder toBuilder() {
		return new Builder().webhookEventReference(this.webhookEventReference)
			.message(this.message)
			.callbackUrl(this.callbackUrl)
			.extra(this.extra);
	}

	JsonBody toJson(URI callback) {
		return new JsonBody().put("webhook_event_reference", this.webhookEventReference)
			.put("message", this.message)
			.callbackUrl(callback)
			.extra(this.extra);
	}

	/**
	 * Builder for {@link TransactionSmsNotificationRequest}.
	 */
	public static final class Builder extends CallbackRequestBuilder<TransactionSmsNotificationRequest, Builder> {

		private @Nullable String webhookEventReference;

		private @Nullable String message;

		private Builder() {
		}

		/** Set the {@code id()} of the webhook event of the transaction; required. */
		public Builder webhookEventReference(String webhookEventReference) {
			this.webhookEventReference = webhookEventReference;
			return this;
		}

		/** Set the text to send; required. */
		public Builder message(String message) {
			this.message = message;
			return this;
		}

		@Override
		@SuppressWarnings("NullAway") // the record rejects missing values
		public TransactionSmsNotificationRequest build() {
			return new TransactionSmsNotificationRequest(this.webhookEventReference, this.message, callbackUrl(),
					extra());
		}

	}

}
