package io.github.k2connect.sms;

import java.net.URI;

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
 */
public record TransactionSmsNotificationRequest(String webhookEventReference, String message,
		@Nullable URI callbackUrl) {

	/**
	 * Validate and normalize the request.
	 * @throws InvalidK2RequestException if it is not valid
	 */
	public TransactionSmsNotificationRequest {
		RequestValidator violations = new RequestValidator();
		webhookEventReference = violations.required("webhookEventReference", webhookEventReference);
		message = violations.required("message", message);
		violations.callbackUrl("callbackUrl", callbackUrl);
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
		return new JsonBody().put("webhook_event_reference", this.webhookEventReference)
			.put("message", this.message)
			.callbackUrl(callback);
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
			return new TransactionSmsNotificationRequest(this.webhookEventReference, this.message, callbackUrl());
		}

	}

}
