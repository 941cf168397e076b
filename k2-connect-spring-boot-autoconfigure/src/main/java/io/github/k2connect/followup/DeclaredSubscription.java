package io.github.k2connect.followup;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.apiguardian.api.API;

/**
 * A subscription in the configuration.
 *
 * @hidden
 * @param key what tells it from other subscriptions, also from the same one at another
 * Kopo Kopo account
 * @param request what is subscribed to, with a URL
 */
@API(status = API.Status.INTERNAL)
public record DeclaredSubscription(String key, WebhookSubscriptionRequest request) {

	/**
	 * Create a subscription.
	 * @param baseUrl where Kopo Kopo is
	 * @param clientId the OAuth application, which stands for the account
	 * @param request what is subscribed to
	 * @return the subscription
	 */
	public static DeclaredSubscription of(URI baseUrl, String clientId, WebhookSubscriptionRequest request) {
		String text = Stream
			.of(baseUrl.toString(), clientId, request.eventType(), request.scope().value(),
					String.valueOf(request.scopeReference()), String.valueOf(request.url()))
			.map((part) -> part.length() + ":" + part)
			.collect(Collectors.joining());
		return new DeclaredSubscription(Sha256.hex(text.getBytes(StandardCharsets.UTF_8)), request);
	}

	/**
	 * Return what people call it.
	 */
	String name() {
		String till = this.request.scopeReference();
		return this.request.eventType() + " of " + ((till != null) ? "till " + till : "the company") + " to "
				+ this.request.url();
	}

}
