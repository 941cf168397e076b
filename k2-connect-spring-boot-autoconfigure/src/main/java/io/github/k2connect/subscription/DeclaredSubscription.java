package io.github.k2connect.subscription;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

/**
 * A subscription in the configuration.
 *
 * @param key the unique key of the subscription and its Kopo Kopo account
 * @param request the request for the subscription, with a URL
 */
record DeclaredSubscription(String key, WebhookSubscriptionRequest request) {

	/**
	 * Create a subscription.
	 * @param baseUrl the base URL of Kopo Kopo
	 * @param clientId the client id, which identifies the account
	 * @param request the request for the subscription, with a URL
	 * @return the subscription
	 */
	static DeclaredSubscription of(URI baseUrl, String clientId, WebhookSubscriptionRequest request) {
		String text = Stream
			.of(baseUrl.toString(), clientId, request.eventType(), request.scope().value(),
					String.valueOf(request.scopeReference()), String.valueOf(request.url()))
			.map((part) -> part.length() + ":" + part)
			.collect(Collectors.joining());
		return new DeclaredSubscription(Sha256.hex(text.getBytes(StandardCharsets.UTF_8)), request);
	}

	/**
	 * Return the name for log messages.
	 */
	String name() {
		String till = this.request.scopeReference();
		return this.request.eventType() + " of " + ((till != null) ? "till " + till : "the company") + " to "
				+ this.request.url();
	}

}
