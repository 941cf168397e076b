package io.github.k2connect.account;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k2connect.Scope;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.webhook.WebhookProperties;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The accounts at Kopo Kopo, and the settings of calls. Its {@code toString()} does not
 * show secrets.
 *
 * @param enabled Whether to enable k2-connect.
 * @param clientId Client ID of the OAuth application in Kopo Kopo's dashboard.
 * @param clientSecret Client secret of the OAuth application in Kopo Kopo's dashboard.
 * @param apiKey API key in Kopo Kopo's dashboard, which signs webhooks and results.
 * @param previousApiKeys Comma-separated list of API keys that are still accepted while
 * the API key is rotated.
 * @param baseUrl Origin of Kopo Kopo: https://sandbox.kopokopo.com for tests,
 * https://api.kopokopo.com for production.
 * @param apiVersion Version of the API for calls that exist in both versions.
 * @param callbackUrl Public URL of the webhook endpoint, to which results are sent unless
 * a request has its own.
 * @param accounts More Kopo Kopo accounts, by name. A name is 1 to 40 lower-case letters,
 * digits and hyphens.
 * @param accountSource How the accounts of a K2AccountSource bean are cached.
 * @param http HTTP client settings.
 * @param token How access tokens are kept.
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@ConfigurationProperties("k2")
public record K2Properties(@DefaultValue("true") boolean enabled, @Nullable String clientId,
		@Nullable String clientSecret, @Nullable String apiKey, @DefaultValue List<String> previousApiKeys,
		@DefaultValue("https://sandbox.kopokopo.com") URI baseUrl, @DefaultValue("v1") ApiVersion apiVersion,
		@Nullable URI callbackUrl, @DefaultValue Map<String, Account> accounts,
		@DefaultValue AccountSource accountSource, @DefaultValue Http http, @DefaultValue Token token) {

	@Override
	public String toString() {
		return "K2Properties[enabled=" + this.enabled + ", clientId=" + this.clientId + ", clientSecret="
				+ K2AccountSettings.redacted(this.clientSecret) + ", apiKey=" + K2AccountSettings.redacted(this.apiKey)
				+ ", previousApiKeys=" + this.previousApiKeys.size() + ", baseUrl=" + this.baseUrl + ", apiVersion="
				+ this.apiVersion + ", callbackUrl=" + this.callbackUrl + ", accounts=" + this.accounts.keySet()
				+ ", accountSource=" + this.accountSource + ", http=" + this.http + ", token=" + this.token + "]";
	}

	/**
	 * A further Kopo Kopo account. Its {@code toString()} does not show secrets.
	 *
	 * @param clientId Client ID of the account's OAuth application.
	 * @param clientSecret Client secret of the account's OAuth application.
	 * @param apiKey API key of the account, which signs its webhooks and results.
	 * @param previousApiKeys Comma-separated list of API keys that are still accepted
	 * while the API key is rotated.
	 * @param baseUrl Origin of Kopo Kopo for this account. Defaults to that of the
	 * default account.
	 * @param apiVersion Version of the API for calls that exist in both versions. Unless
	 * set, that of the default account.
	 * @param callbackUrl Public URL to which the results of this account are sent. Unless
	 * set, that of the default account, followed by the name of this account.
	 * @param subscriptions Webhook subscriptions of this account that k2-connect creates
	 * and monitors.
	 * @param reconciliationTills Comma-separated list of tills of this account whose
	 * payments are reconciled.
	 */
	public record Account(@Nullable String clientId, @Nullable String clientSecret, @Nullable String apiKey,
			@DefaultValue List<String> previousApiKeys, @Nullable URI baseUrl, @Nullable ApiVersion apiVersion,
			@Nullable URI callbackUrl, @DefaultValue List<WebhookProperties.Subscription> subscriptions,
			@DefaultValue List<String> reconciliationTills) {

		@Override
		public String toString() {
			return "Account[clientId=" + this.clientId + ", clientSecret="
					+ K2AccountSettings.redacted(this.clientSecret) + ", apiKey="
					+ K2AccountSettings.redacted(this.apiKey) + ", previousApiKeys=" + this.previousApiKeys.size()
					+ ", baseUrl=" + this.baseUrl + ", apiVersion=" + this.apiVersion + ", callbackUrl="
					+ this.callbackUrl + ", subscriptions=" + this.subscriptions + ", reconciliationTills="
					+ this.reconciliationTills + "]";
		}

	}

	/**
	 * How the accounts of a K2AccountSource bean are cached.
	 *
	 * @param cacheSize Maximum number of accounts to cache.
	 * @param cacheTtl Time for which the settings of an account are used before the
	 * source is asked again.
	 */
	public record AccountSource(@DefaultValue("1000") int cacheSize, @DefaultValue("10m") Duration cacheTtl) {

		public AccountSource {
			throwUnless(cacheSize >= 1, "k2.account-source.cache-size", "must be at least 1");
			throwUnless(cacheTtl.compareTo(Duration.ZERO) > 0, "k2.account-source.cache-ttl", "must be positive");
		}

	}

	/**
	 * HTTP client settings.
	 *
	 * @param connectTimeout Maximum time to open a connection.
	 * @param readTimeout Maximum time to wait for a response.
	 * @param callTimeout Maximum time of a call with all that it needs: a token, attempts
	 * and waits.
	 * @param maxAttempts Maximum number of attempts of a call that is safe to repeat, the
	 * first included.
	 */
	public record Http(@DefaultValue("5s") Duration connectTimeout, @DefaultValue("30s") Duration readTimeout,
			@DefaultValue("45s") Duration callTimeout, @DefaultValue("3") int maxAttempts) {

	}

	/**
	 * How access tokens are kept.
	 *
	 * @param refreshBeforeExpiry Time before its expiry at which a token is replaced.
	 */
	public record Token(@DefaultValue("60s") Duration refreshBeforeExpiry) {

		public Token {
			throwUnless(!refreshBeforeExpiry.isNegative(), "k2.token.refresh-before-expiry", "must not be negative");
		}

	}

}
