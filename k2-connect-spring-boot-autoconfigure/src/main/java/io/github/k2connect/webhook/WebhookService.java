package io.github.k2connect.webhook;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Service for subscribing to webhooks.
 */
public class WebhookService {

	private static final String RESOURCE = "webhook_subscriptions";

	private final ApiClient client;

	/**
	 * Create a service.
	 * @param client a client that sends an access token
	 */
	public WebhookService(K2Client client) {
		this.client = ApiClient.of(client);
	}

	/**
	 * Subscribe to a topic. Kopo Kopo sends no result. Each subscription to a topic sends
	 * its own webhooks, so subscribe once, not at each start of the application.
	 * @param request the subscription
	 * @return the location of the subscription
	 * @throws InvalidK2RequestException if there is no URL, or if Daraja payloads are
	 * requested from version 1
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the subscription may still have been created
	 */
	public K2Location subscribe(WebhookSubscriptionRequest request) {
		ApiVersion version = this.client.apiVersion();
		request.validateFor(version);
		return this.client.create(RESOURCE, request.toJson(this.client.callbackUrl("url", request.url()), version));
	}

	/**
	 * Return the status of a subscription.
	 * @param location the location that was returned when it was made
	 * @return the current status
	 * @throws InvalidK2RequestException if the location is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public WebhookSubscriptionStatus getStatus(K2Location location) {
		return this.client.fetch(location, WebhookSubscriptionStatus::from);
	}

	/**
	 * Return the status of a subscription.
	 * @param location its {@linkplain K2Location#id() id}, its URL, or the path of its
	 * URL
	 * @return the current status
	 * @throws InvalidK2RequestException if it is none of these, or is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public WebhookSubscriptionStatus getStatus(String location) {
		return getStatus(this.client.location(RESOURCE, location));
	}

}
