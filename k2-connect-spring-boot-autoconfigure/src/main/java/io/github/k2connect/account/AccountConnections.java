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
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Connects accounts to Kopo Kopo. All share the HTTP client of the default account, its
 * timeouts and its customizers; each has access tokens of its own.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class AccountConnections {

	private final Supplier<K2ClientFactory> clients;

	private final Duration refreshBeforeExpiry;

	private final ObservationRegistry observations;

	/**
	 * Create the connections.
	 * @param clients the factory of the default account's clients, asked for when an
	 * account first calls Kopo Kopo
	 * @param refreshBeforeExpiry how long before it expires a token is replaced
	 * @param observations where each request for a new token is observed
	 */
	public AccountConnections(Supplier<K2ClientFactory> clients, Duration refreshBeforeExpiry,
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
	 * Return what the account has of its own, and the settings of the default account for
	 * the rest.
	 * @param name the name of the account
	 * @param settings the settings of the account
	 * @param defaults the settings of the default account
	 * @return the settings of the account's clients
	 * @throws IllegalArgumentException if they cannot be used; the message begins with
	 * the name of the component
	 */
	public static K2ClientSettings clientSettings(String name, K2AccountSettings settings, K2ClientSettings defaults) {
		return defaults.with((settings.baseUrl() != null) ? settings.baseUrl() : defaults.baseUrl(),
				(settings.apiVersion() != null) ? settings.apiVersion() : defaults.apiVersion(),
				(settings.callbackUrl() != null) ? settings.callbackUrl() : callbackUrl(name, defaults.callbackUrl()));
	}

	private static @Nullable URI callbackUrl(String name, @Nullable URI defaultUrl) {
		return (defaultUrl != null) ? URI.create(append(defaultUrl.toString(), name)) : null;
	}

	/**
	 * Append the name to the path of a URL, which may have a query.
	 */
	private static String append(String url, String name) {
		int end = url.indexOf('?');
		String path = (end != -1) ? url.substring(0, end) : url;
		return StringUtils.trimTrailingCharacter(path, '/') + "/" + name + ((end != -1) ? url.substring(end) : "");
	}

}
