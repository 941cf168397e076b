package io.github.k2connect.webhook;

import java.util.Optional;
import java.util.Set;

import io.github.k2connect.AccountName;
import io.github.k2connect.client.ApiClient;

/**
 * The parser of an application that has no account but the default one.
 *
 * @param parser the parser
 */
record OnlyParser(WebhookParser parser) implements WebhookParsers {

	@Override
	public Optional<WebhookParser> find(String account) {
		return account.equals(AccountName.DEFAULT) ? Optional.of(this.parser) : Optional.empty();
	}

	@Override
	public Optional<WebhookParser> refresh(String account) {
		return find(account);
	}

	@Override
	public String observedName(String account) {
		return account;
	}

	@Override
	public ApiClient client(String account) {
		throw new AssertionError();
	}

	@Override
	public Set<String> observedNames() {
		return Set.of(AccountName.DEFAULT);
	}

	@Override
	public Set<String> configuredNames() {
		return Set.of(AccountName.DEFAULT);
	}

	@Override
	public boolean hasNamedAccounts() {
		return false;
	}

}
