package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a text message about a transaction. Type {@code
 * transaction_sms_notification}.
 *
 * @param envelope what every result has
 * @param message the text sent to the customer
 * @param webhookEventReference the id of the webhook that told of the transaction
 */
public record TransactionSmsNotificationResult(ResultEnvelope envelope, @Nullable String message,
		@Nullable String webhookEventReference) implements K2ResultEvent {

	static TransactionSmsNotificationResult from(ResultEnvelope envelope, JsonObject attributes) {
		return new TransactionSmsNotificationResult(envelope, attributes.text("message"),
				attributes.text("webhook_event_reference"));
	}

}
