package io.github.k2connect.platform;

import io.github.k2connect.Scope;
import io.github.k2connect.subscription.K2Subscriptions;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import io.github.k2connect.webhook.WebhookTopic;

import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

@Service
class Onboarding {

	private final Merchants merchants;

	private final K2Subscriptions subscriptions;

	Onboarding(Merchants merchants, K2Subscriptions subscriptions) {
		this.merchants = merchants;
		this.subscriptions = subscriptions;
	}

	@Transactional
	void register(String name, String tillNumber, String clientId, String clientSecret, String apiKey) {
		this.merchants.add(name, tillNumber, clientId, clientSecret, apiKey);
		this.subscriptions.declare(name,
				WebhookSubscriptionRequest.builder()
					.eventType(WebhookTopic.BUYGOODS_TRANSACTION_RECEIVED)
					.scope(Scope.TILL)
					.scopeReference(tillNumber)
					.build());
	}

}
