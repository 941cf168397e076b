package io.github.k2connect.event;

import java.net.URI;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a text message about a transaction stands. Type {@code
 * transaction_sms_notification}.
 *
 * @param id the notification's id
 * @param type the type
 * @param status {@code Pending}, {@code Success} or {@code Failed}
 * @param linkSelf the address of the notification
 * @param callbackUrl where the result is sent
 * @param message the text sent to the customer
 * @param webhookEventReference the id of the webhook that told of the transaction
 */
public record TransactionSmsNotificationResult(String id, String type, @Nullable String status, @Nullable URI linkSelf,
		@Nullable URI callbackUrl, @Nullable String message,
		@Nullable String webhookEventReference) implements K2ResultEvent {

	static TransactionSmsNotificationResult from(ResultMessage message) {
		JsonObject attributes = message.attributes();
		return new TransactionSmsNotificationResult(message.id(), message.type(), message.status(), message.linkSelf(),
				message.callbackUrl(), attributes.text("message"), attributes.text("webhook_event_reference"));
	}

}
