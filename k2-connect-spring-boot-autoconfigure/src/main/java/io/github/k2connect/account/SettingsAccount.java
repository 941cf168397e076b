package io.github.k2connect.account;

import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.client.K2Client;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.token.TokenStatus;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * An account with its own settings. Its connection is opened on first use.
 */
final class SettingsAccount extends K2Account {

	private final String name;

	private final K2AccountSettings settings;

	private final SingletonSupplier<Connection> connection;

	private volatile @Nullable Connection opened;

	private final @Nullable WebhookParser webhookParser;

	SettingsAccount(String name, K2AccountSettings settings, Supplier<Connection> connection) {
		this.name = name;
		this.settings = settings;
		this.connection = SingletonSupplier.of(() -> {
			Connection opened = connection.get();
			this.opened = opened;
			return opened;
		});
		this.webhookParser = (settings.apiKey() != null)
				? new WebhookParser(new SignatureVerifier(settings.apiKey(), settings.previousApiKeys()), name) : null;
	}

	/**
	 * Return the settings with which the account was created.
	 */
	K2AccountSettings settings() {
		return this.settings;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public TokenService tokens() {
		return this.connection.obtain().tokens();
	}

	@Override
	public WebhookParser webhookParser() {
		return findWebhookParser()
			.orElseThrow(() -> new IllegalStateException("Account '" + this.name + "' has no API key"));
	}

	/**
	 * Find the parser.
	 * @return the parser, or empty if the account has no API key
	 */
	Optional<WebhookParser> findWebhookParser() {
		return Optional.ofNullable(this.webhookParser);
	}

	@Override
	Optional<TokenStatus> tokenStatus() {
		if (this.settings.clientId() == null) {
			return Optional.empty();
		}
		Connection opened = this.opened;
		return Optional.of((opened != null) ? opened.tokens().status() : TokenStatus.NONE);
	}

	@Override
	K2Client client() {
		return this.connection.obtain().client();
	}

	@Override
	<T> T service(Class<T> type, Function<K2Client, T> factory) {
		return factory.apply(client());
	}

	/**
	 * The connection of one account to Kopo Kopo.
	 *
	 * @param tokens the access tokens of the account
	 * @param client the client that sends them
	 */
	record Connection(TokenService tokens, K2Client client) {

	}

}
