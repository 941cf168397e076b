package io.github.k2connect.account;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

import io.github.k2connect.AccountName;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;
import org.jspecify.annotations.Nullable;

/**
 * {@link WebhookParsers} for all accounts.
 */
final class AccountWebhookParsers implements WebhookParsers {

	private final K2Accounts accounts;

	private final @Nullable WebhookParser defaultParser;

	/**
	 * Create the parsers.
	 * @param accounts the accounts
	 * @param defaultParser the parser of the default account, or {@code null} if it has
	 * no API key
	 */
	AccountWebhookParsers(K2Accounts accounts, @Nullable WebhookParser defaultParser) {
		this.accounts = accounts;
		this.defaultParser = defaultParser;
	}

	@Override
	public Optional<WebhookParser> find(String account) {
		return account.equals(AccountName.DEFAULT) ? Optional.ofNullable(this.defaultParser)
				: this.accounts.findForMessage(account).flatMap(SettingsAccount::findWebhookParser);
	}

	@Override
	public Optional<WebhookParser> refresh(String account) {
		return account.equals(AccountName.DEFAULT) ? Optional.ofNullable(this.defaultParser)
				: this.accounts.refresh(account).flatMap(SettingsAccount::findWebhookParser);
	}

	@Override
	public ApiClient client(String account) {
		return this.accounts.client(account);
	}

	@Override
	public String observedName(String account) {
		return this.accounts.observedName(account);
	}

	@Override
	public Set<String> observedNames() {
		return this.accounts.observedNames();
	}

	@Override
	public Set<String> configuredNames() {
		Set<String> names = new LinkedHashSet<>(this.accounts.configuredNames());
		if (this.defaultParser == null) {
			names.remove(AccountName.DEFAULT);
		}
		return names;
	}

	@Override
	public boolean hasNamedAccounts() {
		return this.accounts.hasNamedAccounts();
	}

}
