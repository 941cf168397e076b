package io.github.k2connect.account;

import java.util.Optional;

import io.github.k2connect.AccountName;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.WebhookParsers;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * {@link WebhookParsers} for all accounts.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class AccountWebhookParsers implements WebhookParsers {

	private final K2Accounts accounts;

	private final @Nullable WebhookParser defaultParser;

	/**
	 * Create the parsers.
	 * @param accounts the accounts
	 * @param defaultParser the parser of the default account, or {@code null} if it has
	 * no API key
	 */
	public AccountWebhookParsers(K2Accounts accounts, @Nullable WebhookParser defaultParser) {
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
	public String observedName(String account) {
		return this.accounts.observedName(account);
	}

}
