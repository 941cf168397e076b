package io.github.k2connect.event;

import java.net.URI;
import java.time.OffsetDateTime;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The merchant has a new customer. Topic {@code customer_created}.
 *
 * @param id the webhook's id
 * @param topic the topic
 * @param createdAt when the webhook was made
 * @param eventType {@code Customer Created}
 * @param linkSelf the address of the webhook
 * @param linkResource the address of the customer
 * @param resourceId the customer's id, usually absent
 * @param firstName the customer's first name
 * @param middleName the customer's middle name
 * @param lastName the customer's last name
 * @param phoneNumber the customer's phone number
 */
public record CustomerCreated(String id, String topic, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String eventType, @Nullable URI linkSelf, @Nullable URI linkResource, @Nullable String resourceId,
		@Nullable String firstName, @Nullable String middleName, @Nullable String lastName,
		@Nullable String phoneNumber) implements K2WebhookEvent {

	static CustomerCreated from(WebhookMessage message) {
		JsonObject resource = message.resource();
		return new CustomerCreated(message.id(), message.topic(), message.createdAt(), message.eventType(),
				message.linkSelf(), message.linkResource(), resource.text("id"), resource.text("first_name"),
				resource.text("middle_name"), resource.text("last_name"), resource.text("phone_number"));
	}

}
