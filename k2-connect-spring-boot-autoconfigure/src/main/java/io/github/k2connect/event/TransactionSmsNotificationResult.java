package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a text message about a transaction. Type {@code
 * transaction_sms_notification}.
 *
 * @param envelope the properties that all results have
 * @param message the text sent to the customer
 * @param webhookEventReference the id of the webhook for the transaction
 */
public record TransactionSmsNotificationResult(ResultEnvelope envelope, @Nullable String message,
		@Nullable String webhookEventReference) implements K2ResultEvent {

	static TransactionSmsNotificationResult from(ResultEnvelope envelope, JsonObject attributes) {
		return new TransactionSmsNotificationResult(envelope, attributes.text("message"),
				attributes.text("webhook_event_reference"));
	}

}
