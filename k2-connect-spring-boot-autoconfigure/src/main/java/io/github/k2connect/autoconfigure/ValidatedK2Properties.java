package io.github.k2connect.autoconfigure;

import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Pattern;

import io.github.k2connect.AccountName;
import io.github.k2connect.account.AccountConnections;
import io.github.k2connect.account.K2AccountSettings;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.webhook.SignatureVerifier;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;
import org.springframework.util.StringUtils;

/**
 * The validated configuration. An application with an invalid configuration does not
 * start.
 */
final class ValidatedK2Properties {

	private static final String WHERE = " You find them in Kopo Kopo's dashboard.";

	private static final Map<String, String> PROPERTIES = Map.of("baseUrl", "k2.base-url", "callbackUrl",
			"k2.callback-url", "connectTimeout", "k2.http.connect-timeout", "readTimeout", "k2.http.read-timeout",
			"callTimeout", "k2.http.call-timeout", "maxAttempts", "k2.http.max-attempts");

	/**
	 * A path that Spring matches literally, by its decoded segments, without parameters.
	 */
	private static final Pattern WEBHOOK_PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/\\s{}*?#;%\\\\]+)+/?");

	private static final Pattern TABLE_NAME = Pattern.compile("[A-Za-z_]\\w*(?:\\.[A-Za-z_]\\w*)?");

	private final K2Properties properties;

	private final K2ClientSettings clientSettings;

	private final boolean accountSource;

	private final Map<String, K2AccountSettings> accounts = new LinkedHashMap<>();

	/**
	 * Verify the configuration.
	 * @param properties the properties
	 * @param accountSource whether the application has accounts that are not in the
	 * configuration
	 * @throws InvalidK2ConfigurationException if they cannot be used
	 */
	ValidatedK2Properties(K2Properties properties, boolean accountSource) {
		this.properties = properties;
		this.accountSource = accountSource;
		verifyCredentials();
		this.clientSettings = verifyClientSettings();
		properties.accounts().forEach((name, account) -> this.accounts.put(name, verifyAccount(name, account)));
		verifyDurations();
		verifyWebhook();
		verifyFollowUp();
	}

	/**
	 * Return whether there are other accounts than the default account, or may be.
	 */
	boolean hasNamedAccounts() {
		return this.accountSource || !this.properties.accounts().isEmpty();
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

	Duration webhookReadTimeout() {
		return this.properties.webhook().readTimeout();
	}

	int maxBodySize() {
		return Math.toIntExact(this.properties.webhook().maxBodySize().toBytes());
	}

	private void verifyCredentials() {
		boolean clientId = StringUtils.hasText(this.properties.clientId());
		boolean clientSecret = StringUtils.hasText(this.properties.clientSecret());
		if (clientId != clientSecret) {
			throw new InvalidK2ConfigurationException(clientId ? "k2.client-id is set and k2.client-secret is not."
					: "k2.client-secret is set and k2.client-id is not.", "Set both, or neither." + WHERE);
		}
		if (!clientId && !StringUtils.hasText(this.properties.apiKey()) && !hasNamedAccounts()) {
			throw new InvalidK2ConfigurationException("k2-connect is on the class path and is not configured.",
					"Set k2.client-id and k2.client-secret to call Kopo Kopo, and k2.api-key to receive its webhooks and"
							+ " results." + WHERE + " To do without k2-connect set k2.enabled=false.");
		}
		String apiKey = this.properties.apiKey();
		if (apiKey != null && apiKey.isBlank() && this.properties.webhook().enabled()) {
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
		catch (IllegalArgumentException ex) {
			String message = String.valueOf(ex.getMessage());
			String component = message.substring(0, message.indexOf(' '));
			String property = PROPERTIES.getOrDefault(component, component);
			throw refused(property, message.substring(component.length()));
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

	private void verifyDurations() {
		K2Properties.AccountSource source = this.properties.accountSource();
		if (source.cacheSize() < 1) {
			throw refused("k2.account-source.cache-size", " must be at least 1");
		}
		if (source.cacheTtl().compareTo(Duration.ZERO) <= 0) {
			throw refused("k2.account-source.cache-ttl", " must be positive");
		}

		if (this.properties.token().refreshBeforeExpiry().isNegative()) {
			throw refused("k2.token.refresh-before-expiry", " must not be negative");
		}
	}

	private void verifyWebhook() {
		K2Properties.Webhook webhook = this.properties.webhook();
		if (!WEBHOOK_PATH.matcher(webhook.path()).matches()) {
			throw refused("k2.webhook.path", " must be a path such as /k2/webhooks, written as it is and not encoded:"
					+ " without spaces, %, ;, ?, #, {, }, * or \\, and without empty segments, . and ..");
		}
		long maxBodySize = webhook.maxBodySize().toBytes();
		if (maxBodySize < 1 || maxBodySize > Integer.MAX_VALUE / 2) {
			throw refused("k2.webhook.max-body-size", " must be between 1B and 1023MB");
		}
		if (webhook.readTimeout().toMillis() < 1) {
			throw refused("k2.webhook.read-timeout", " must be positive");
		}
		if (webhook.retention().compareTo(Duration.ZERO) <= 0) {
			throw refused("k2.webhook.retention", " must be positive");
		}
		if (webhook.memory().maxEntries() < 1) {
			throw refused("k2.webhook.memory.max-entries", " must be at least 1");
		}
		verifyDirect(webhook);
		verifyInbox(webhook.inbox());
		if (!TABLE_NAME.matcher(webhook.jdbc().tableName()).matches()) {
			throw refused("k2.webhook.jdbc.table-name", " must be a name of a table, with a schema or without");
		}
	}

	private static void verifyDirect(K2Properties.Webhook webhook) {
		Integer maxConcurrentDeliveries = webhook.maxConcurrentDeliveries();
		if (maxConcurrentDeliveries != null && maxConcurrentDeliveries < 1) {
			throw refused("k2.webhook.max-concurrent-deliveries", " must be at least 1");
		}
		if (webhook.maxWait().toMillis() < 1) {
			throw refused("k2.webhook.max-wait", " must be positive");
		}
	}

	private static void verifyInbox(K2Properties.Inbox inbox) {
		if (inbox.firstDelay().toMillis() < 1) {
			throw refused("k2.webhook.inbox.first-delay", " must be positive");
		}
		if (inbox.maxDelay().compareTo(inbox.firstDelay()) < 0) {
			throw refused("k2.webhook.inbox.max-delay", " must not be shorter than the first delay");
		}
		if (inbox.maxAttempts() < 1) {
			throw refused("k2.webhook.inbox.max-attempts", " must be at least 1");
		}
		Long maxWaiting = inbox.maxWaiting();
		if (maxWaiting != null && maxWaiting < 1) {
			throw refused("k2.webhook.inbox.max-waiting", " must be at least 1");
		}
		if (inbox.warnAfter().toMillis() < 1) {
			throw refused("k2.webhook.inbox.warn-after", " must be positive");
		}
	}

	private void verifyFollowUp() {
		K2Properties.FollowUp followUp = this.properties.followUp();
		if (followUp.firstCheck().toMillis() < 1) {
			throw refused("k2.follow-up.first-check", " must be positive");
		}
		if (followUp.giveUpAfter().compareTo(followUp.firstCheck()) < 0) {
			throw refused("k2.follow-up.give-up-after", " must not be shorter than the delay before the first call");
		}
		if (followUp.unknownAfter().toMillis() < 1) {
			throw refused("k2.follow-up.unknown-after", " must be positive");
		}
		if (followUp.maxCallsPerSecond() < 1) {
			throw refused("k2.follow-up.max-calls-per-second", " must be at least 1");
		}
	}

	private static InvalidK2ConfigurationException refused(String property, String reason) {
		return new InvalidK2ConfigurationException(property + reason + ".", "Change the value of " + property + ".");
	}

	private static String required(@Nullable String value) {
		Assert.state(value != null, "The condition on the property does not hold");
		return value;
	}

}
