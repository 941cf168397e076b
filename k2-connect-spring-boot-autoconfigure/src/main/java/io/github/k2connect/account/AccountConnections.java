package io.github.k2connect.account;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;

import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.web.util.UriComponentsBuilder;

/**
 * Factory of the connections of accounts. All accounts share the HTTP client, the
 * timeouts and the customizers of the default account. Each account has its own access
 * tokens.
 */
final class AccountConnections {

	private final Supplier<K2ClientFactory> clients;

	private final Duration refreshBeforeExpiry;

	private final ObservationRegistry observations;

	/**
	 * Create a new factory.
	 * @param clients the factory of the default account's clients, used when an account
	 * first calls Kopo Kopo
	 * @param refreshBeforeExpiry how long before its expiry a token is replaced
	 * @param observations the registry for observations of token requests
	 */
	AccountConnections(Supplier<K2ClientFactory> clients, Duration refreshBeforeExpiry,
			ObservationRegistry observations) {
		this.clients = clients;
		this.refreshBeforeExpiry = refreshBeforeExpiry;
		this.observations = observations;
	}

	SettingsAccount.Connection open(String name, String observedName, K2AccountSettings settings) {
		String clientId = settings.clientId();
		String clientSecret = settings.clientSecret();
		if (clientId == null || clientSecret == null) {
			throw new IllegalStateException("Account '" + name + "' has no client id and client secret");
		}
		K2ClientFactory defaults = this.clients.get();
		K2ClientFactory clients = defaults.forAccount(name, observedName,
				clientSettings(name, settings, defaults.settings()));
		TokenService tokens = new TokenService(clients.create(), new K2Credentials(clientId, clientSecret),
				this.refreshBeforeExpiry, Clock.systemUTC(), this.observations);
		return new SettingsAccount.Connection(tokens, clients.create(new BearerTokenInterceptor(tokens)));
	}

	/**
	 * Return the settings of the account, with the settings of the default account for
	 * those that are not set.
	 * @param name the name of the account
	 * @param settings the settings of the account
	 * @param defaults the settings of the default account
	 * @return the settings of the account's clients
	 * @throws IllegalArgumentException if a value is not valid; the message begins with
	 * the name of the component
	 */
	static K2ClientSettings clientSettings(String name, K2AccountSettings settings, K2ClientSettings defaults) {
		return defaults.with((settings.baseUrl() != null) ? settings.baseUrl() : defaults.baseUrl(),
				(settings.apiVersion() != null) ? settings.apiVersion() : defaults.apiVersion(),
				(settings.callbackUrl() != null) ? settings.callbackUrl() : callbackUrl(name, defaults.callbackUrl()));
	}

	private static @Nullable URI callbackUrl(String name, @Nullable URI defaultUrl) {
		return (defaultUrl != null)
				? URI.create(UriComponentsBuilder.fromUri(defaultUrl).pathSegment(name).build().toUriString()) : null;
	}

}
