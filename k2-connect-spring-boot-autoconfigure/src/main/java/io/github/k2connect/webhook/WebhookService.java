package io.github.k2connect.webhook;

import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.K2Client;

/**
 * Subscribes to the webhooks of Kopo Kopo.
 */
public class WebhookService {

	private final K2Client client;

	/**
	 * Create a service.
	 * @param client a client that attaches a token
	 */
	public WebhookService(K2Client client) {
		this.client = client;
	}

	/**
	 * Subscribe to a topic. No result is sent. Every subscription to a topic delivers on
	 * its own, so subscribe once and not each time that an application starts.
	 * @param request what to subscribe to
	 * @return the absolute address of the subscription
	 * @throws InvalidK2RequestException if there is no URL, or if it asks for Daraja
	 * payloads of version 1
	 * @throws K2Exception if the call fails; where {@link K2Exception#outcomeUnknown()}
	 * is true, the subscription may have been made all the same
	 */
	public URI subscribe(WebhookSubscriptionRequest request) {
		ApiVersion version = this.client.apiVersion();
		request.validateFor(version);
		return this.client.create(version, "webhook_subscriptions",
				request.toJson(this.client.callbackUrl("url", request.url()), version));
	}

	/**
	 * Return the status of a subscription.
	 * @param location its address, as returned when it was made, or relative
	 * @return the current status
	 * @throws InvalidK2RequestException if the address is not at Kopo Kopo
	 * @throws K2Exception if the call fails
	 */
	public WebhookSubscriptionStatus getStatus(URI location) {
		return this.client.fetch(location, WebhookSubscriptionStatus::from);
	}

}
