package io.github.k2connect.account;

import java.util.Optional;

import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;

/**
 * The parsers of all accounts.
 */
public final class AccountWebhookParsers implements WebhookParsers {

	private final K2Accounts accounts;

	/**
	 * Create the parsers.
	 * @param accounts the accounts
	 */
	public AccountWebhookParsers(K2Accounts accounts) {
		this.accounts = accounts;
	}

	@Override
	public Optional<WebhookParser> find(String account) {
		return this.accounts.findForMessage(account).flatMap(SettingsAccount::findWebhookParser);
	}

	@Override
	public Optional<WebhookParser> refresh(String account) {
		return this.accounts.refresh(account).flatMap(SettingsAccount::findWebhookParser);
	}

}
