package io.github.k2connect.subscription;

import java.net.URI;
import java.util.function.Supplier;

import io.github.k2connect.AccountName;
import io.github.k2connect.account.K2Accounts;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

/**
 * The accounts, as subscriptions use them.
 *
 * @param accounts supplies the accounts, when they are first needed: a source of accounts
 * may depend on the scheduler
 * @param defaultSettings the settings of the default account
 * @param defaultClientId the client id of the default account, empty if it has none
 */
record SubscriptionAccounts(Supplier<K2Accounts> accounts, K2ClientSettings defaultSettings, String defaultClientId) {

	WebhookService service(String account) {
		return this.accounts.get().get(account).webhooks();
	}

	/**
	 * Complete a request, without a call to Kopo Kopo.
	 */
	Declaration declaration(String account, WebhookSubscriptionRequest request) {
		ApiClient client = this.accounts.get().client(account);
		WebhookSubscriptionRequest complete = request.toBuilder().url(client.callbackUrl("url", request.url())).build();
		complete.validateFor(client.apiVersion());
		return new Declaration(account, complete);
	}

	String key(Declaration declaration) {
		return declaration.key(baseUrl(declaration.account()), this.defaultClientId);
	}

	private URI baseUrl(String account) {
		return settings(account).baseUrl();
	}

	K2ClientSettings settings(String account) {
		return account.equals(AccountName.DEFAULT) ? this.defaultSettings
				: this.accounts.get().client(account).settings();
	}

}
