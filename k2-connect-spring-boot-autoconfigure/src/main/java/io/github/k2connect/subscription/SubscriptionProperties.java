package io.github.k2connect.subscription;

import java.net.URI;
import java.util.List;

import io.github.k2connect.Scope;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The declared webhook subscriptions.
 *
 * @param subscriptions Webhook subscriptions of the default account that the application
 * maintains.
 */
@ConfigurationProperties("k2.webhook")
record SubscriptionProperties(@DefaultValue List<Subscription> subscriptions) {

	/**
	 * A webhook subscription that the application maintains.
	 *
	 * @param eventType Topic, for example buygoods_transaction_received.
	 * @param scope Scope of the subscription: one till or the whole company.
	 * @param scopeReference Number of the till.
	 * @param url URL to which the webhooks are sent. By default the callback URL.
	 */
	record Subscription(@Nullable String eventType, @Nullable Scope scope, @Nullable String scopeReference,
			@Nullable URI url) {

	}

}
