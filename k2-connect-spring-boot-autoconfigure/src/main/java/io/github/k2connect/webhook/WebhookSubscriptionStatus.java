package io.github.k2connect.webhook;

import java.net.URI;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Status of a subscription.
 *
 * @param id the subscription's id
 * @param type {@code webhook_subscription}
 * @param eventType the topic that is subscribed to
 * @param webhookUri where the webhooks are sent
 * @param status for example {@code Active}
 * @param scope {@code till} or {@code company}
 * @param scopeReference the number of the till
 */
public record WebhookSubscriptionStatus(String id, String type, @Nullable String eventType, @Nullable URI webhookUri,
		@Nullable String status, @Nullable String scope, @Nullable String scopeReference) {

	static WebhookSubscriptionStatus from(JsonObject json) {
		JsonObject data = json.resource("webhook_subscription");
		JsonObject attributes = data.object("attributes");
		return new WebhookSubscriptionStatus(data.requiredText("id"), data.requiredText("type"),
				attributes.text("event_type"), attributes.uri("webhook_uri"), attributes.text("status"),
				attributes.text("scope"), attributes.text("scope_reference"));
	}

}
