package io.github.k2connect.webhook.endpoint;

import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

import io.github.k2connect.AccountName;
import io.github.k2connect.webhook.WebhookAccounts;
import io.github.k2connect.webhook.WebhookParser;

/**
 * The parser of an application that has no account but the default one.
 *
 * @param parser returns the parser
 */
record OnlyParser(Supplier<WebhookParser> parser) implements WebhookAccounts {

	OnlyParser(WebhookParser parser) {
		this(() -> parser);
	}

	@Override
	public Optional<WebhookParser> find(String account) {
		return account.equals(AccountName.DEFAULT) ? Optional.of(this.parser.get()) : Optional.empty();
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
