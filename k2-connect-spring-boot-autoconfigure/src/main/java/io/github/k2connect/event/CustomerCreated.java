package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The merchant has a new customer. Topic {@code customer_created}.
 *
 * @param envelope the properties that all webhooks have
 * @param resourceId the customer's id, usually absent
 * @param firstName the customer's first name
 * @param middleName the customer's middle name
 * @param lastName the customer's last name
 * @param phoneNumber the customer's phone number
 */
public record CustomerCreated(WebhookEnvelope envelope, @Nullable String resourceId, @Nullable String firstName,
		@Nullable String middleName, @Nullable String lastName,
		@Nullable String phoneNumber) implements K2WebhookEvent {

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static CustomerCreated from(WebhookEnvelope envelope, JsonObject resource) {
		return new CustomerCreated(envelope, resource.text("id"), resource.text("first_name"),
				resource.text("middle_name"), resource.text("last_name"), resource.text("phone_number"));
	}

}
