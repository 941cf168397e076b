package io.github.k2connect.account;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

import io.github.k2connect.AccountName;
import io.github.k2connect.InvalidK2ConfigurationException;
import io.github.k2connect.client.InvalidSettingException;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.webhook.SignatureVerifier;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The accounts in the configuration. An application with an invalid configuration does
 * not start.
 */
final class ConfiguredAccounts {

	private static final String WHERE = " You find them in Kopo Kopo's dashboard.";

	private static final Set<String> URLS = Set.of("base-url", "callback-url");

	private final K2Properties properties;

	private final K2ClientSettings clientSettings;

	private final Map<String, K2AccountSettings> accounts = new LinkedHashMap<>();

	/**
	 * Verify the configuration.
	 * @param properties the properties
	 * @param accountSource whether the application has accounts that are not in the
	 * configuration
	 * @param endpoint whether webhooks and results shall be received
	 * @throws InvalidK2ConfigurationException if they cannot be used
	 */
	ConfiguredAccounts(K2Properties properties, boolean accountSource, boolean endpoint) {
		this.properties = properties;
		verifyCredentials(accountSource || !properties.accounts().isEmpty(), endpoint);
		this.clientSettings = verifyClientSettings();
		properties.accounts().forEach((name, account) -> this.accounts.put(name, verifyAccount(name, account)));
	}

	Map<String, K2AccountSettings> accounts() {
		return this.accounts;
	}

	K2ClientSettings clientSettings() {
		return this.clientSettings;
	}

	K2Credentials credentials() {
		return new K2Credentials(required(this.properties.clientId()), required(this.properties.clientSecret()));
	}

	SignatureVerifier signatureVerifier() {
		Collection<String> previous = this.properties.previousApiKeys().stream().filter(StringUtils::hasText).toList();
		String clientSecret = this.properties.clientSecret();
		return new SignatureVerifier(required(this.properties.apiKey()), previous,
				StringUtils.hasText(clientSecret) ? clientSecret : null);
	}

	private void verifyCredentials(boolean hasNamedAccounts, boolean endpoint) {
		boolean clientId = StringUtils.hasText(this.properties.clientId());
		boolean clientSecret = StringUtils.hasText(this.properties.clientSecret());
		if (clientId != clientSecret) {
			throw new InvalidK2ConfigurationException(clientId ? "k2.client-id is set and k2.client-secret is not."
					: "k2.client-secret is set and k2.client-id is not.", "Set both, or neither." + WHERE);
		}
		if (!clientId && !StringUtils.hasText(this.properties.apiKey()) && !hasNamedAccounts) {
			throw new InvalidK2ConfigurationException("k2-connect is on the class path and is not configured.",
					"Set k2.client-id and k2.client-secret to call Kopo Kopo, and k2.api-key to receive its webhooks and"
							+ " results." + WHERE + " To do without k2-connect set k2.enabled=false.");
		}
		String apiKey = this.properties.apiKey();
		if (apiKey != null && apiKey.isBlank() && endpoint) {
			throw new InvalidK2ConfigurationException(
					"k2.api-key is blank, so webhooks and results could not be received.", "Set k2.api-key." + WHERE
							+ " To do without webhooks and results remove it, or set k2.webhook.enabled=false.");
		}
	}

	private K2ClientSettings verifyClientSettings() {
		K2Properties.Http http = this.properties.http();
		try {
			return new K2ClientSettings(this.properties.baseUrl(), this.properties.apiVersion(),
					this.properties.callbackUrl(), http.connectTimeout(), http.readTimeout(), http.callTimeout(),
					http.maxAttempts());
		}
		catch (InvalidSettingException ex) {
			String property = (URLS.contains(ex.property()) ? "k2." : "k2.http.") + ex.property();
			throw new InvalidK2ConfigurationException(property + " " + ex.reason() + ".",
					"Change the value of " + property + ".");
		}
	}

	private K2AccountSettings verifyAccount(String name, K2Properties.Account account) {
		String prefix = "k2.accounts." + name;
		if (!AccountName.isValid(name)) {
			throw new InvalidK2ConfigurationException(prefix + " has an invalid name.",
					"Use 1 to 40 lower-case letters, digits and hyphens.");
		}
		if (name.equals(AccountName.DEFAULT)) {
			throw new InvalidK2ConfigurationException(prefix
					+ " has the name of the account that k2.client-id, k2.client-secret and k2.api-key configure.",
					"Set those, or give the account another name.");
		}
		try {
			K2AccountSettings settings = new K2AccountSettings(account.clientId(), account.clientSecret(),
					account.apiKey(), account.previousApiKeys(), account.baseUrl(), account.apiVersion(),
					account.callbackUrl());
			AccountConnections.clientSettings(name, settings, this.clientSettings);
			return settings;
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidK2ConfigurationException(prefix + " cannot be used: " + ex.getMessage() + ".",
					"Change the values of " + prefix + ".*.");
		}
	}

	private static String required(@Nullable String value) {
		Assert.state(value != null, "The condition on the property does not hold");
		return value;
	}

}
