package io.github.k2connect.subscription;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import io.github.k2connect.AccountName;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.account.K2Properties;
import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * The subscriptions in the configuration. An application with an invalid one does not
 * start.
 */
final class ConfiguredSubscriptions {

	private final SubscriptionAccounts accounts;

	private final Map<String, Declaration> declarations = new LinkedHashMap<>();

	private ConfiguredSubscriptions(SubscriptionAccounts accounts) {
		this.accounts = accounts;
	}

	/**
	 * Read the configuration.
	 * @param accounts the accounts
	 * @param properties the subscriptions of the default account
	 * @param named the properties of the other accounts
	 * @return the subscriptions by key
	 * @throws InvalidK2ConfigurationException if they cannot be used
	 */
	static Map<String, Declaration> read(SubscriptionAccounts accounts, WebhookProperties properties,
			K2Properties named) {
		ConfiguredSubscriptions configured = new ConfiguredSubscriptions(accounts);
		configured.add(AccountName.DEFAULT, "k2.", "k2.webhook.subscriptions", named.clientId(),
				properties.subscriptions());
		named.accounts()
			.forEach((name, account) -> configured.add(name, "k2.accounts." + name + ".",
					"k2.accounts." + name + ".subscriptions", account.clientId(), account.subscriptions()));
		return configured.declarations;
	}

	private void add(String account, String prefix, String property, @Nullable String clientId,
			List<WebhookProperties.Subscription> subscriptions) {
		if (!subscriptions.isEmpty() && !StringUtils.hasText(clientId)) {
			throw new InvalidK2ConfigurationException(property + " is set and " + prefix + "client-id is not set.",
					"Set " + prefix + "client-id and " + prefix + "client-secret, or remove " + property + ".");
		}
		for (int i = 0; i < subscriptions.size(); i++) {
			Declaration declaration = new Declaration(account,
					request(account, property + "[" + i + "]", prefix, subscriptions.get(i)));
			this.declarations.put(this.accounts.key(declaration), declaration);
		}
	}

	@SuppressWarnings("NullAway") // the builder rejects missing values
	private WebhookSubscriptionRequest request(String account, String name, String prefix,
			WebhookProperties.Subscription subscription) {
		URI url = (subscription.url() != null) ? subscription.url() : this.accounts.settings(account).callbackUrl();
		if (url == null) {
			throw new InvalidK2ConfigurationException(name + " has no url, and " + prefix + "callback-url is not set.",
					"Set " + name + ".url or " + prefix + "callback-url.");
		}
		try {
			return WebhookSubscriptionRequest.builder()
				.eventType(subscription.eventType())
				.scope(subscription.scope())
				.scopeReference(subscription.scopeReference())
				.url(url)
				.build();
		}
		catch (InvalidK2RequestException ex) {
			throw new InvalidK2ConfigurationException(
					name + " is invalid: "
							+ ex.violations().stream().map(Violation::message).collect(Collectors.joining("; ")) + ".",
					"Correct the properties that begin with " + name + ".");
		}
	}

}
