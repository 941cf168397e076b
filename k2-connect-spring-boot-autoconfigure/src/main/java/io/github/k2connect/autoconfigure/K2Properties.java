package io.github.k2connect.autoconfigure;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k2connect.Scope;
import io.github.k2connect.client.ApiVersion;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.StringUtils;
import org.springframework.util.unit.DataSize;

/**
 * The configuration of k2-connect. Its {@code toString()} does not show secrets.
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
 * @param http How Kopo Kopo is called.
 * @param token How access tokens are kept.
 * @param webhook How webhooks and results are received.
 * @param followUp How the status of requests is checked until their result is known.
 */
@ConfigurationProperties("k2")
public record K2Properties(@DefaultValue("true") boolean enabled, @Nullable String clientId,
		@Nullable String clientSecret, @Nullable String apiKey, @DefaultValue List<String> previousApiKeys,
		@DefaultValue("https://sandbox.kopokopo.com") URI baseUrl, @DefaultValue("v1") ApiVersion apiVersion,
		@Nullable URI callbackUrl, @DefaultValue Map<String, Account> accounts,
		@DefaultValue AccountSource accountSource, @DefaultValue Http http, @DefaultValue Token token,
		@DefaultValue Webhook webhook, @DefaultValue FollowUp followUp) {

	@Override
	public String toString() {
		return "K2Properties[enabled=" + this.enabled + ", clientId=" + this.clientId + ", clientSecret="
				+ redacted(this.clientSecret) + ", apiKey=" + redacted(this.apiKey) + ", previousApiKeys="
				+ this.previousApiKeys.size() + ", baseUrl=" + this.baseUrl + ", apiVersion=" + this.apiVersion
				+ ", callbackUrl=" + this.callbackUrl + ", accounts=" + this.accounts.keySet() + ", accountSource="
				+ this.accountSource + ", http=" + this.http + ", token=" + this.token + ", webhook=" + this.webhook
				+ ", followUp=" + this.followUp + "]";
	}

	private static String redacted(@Nullable String secret) {
		return StringUtils.hasText(secret) ? "***" : "missing";
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
	 */
	public record Account(@Nullable String clientId, @Nullable String clientSecret, @Nullable String apiKey,
			@DefaultValue List<String> previousApiKeys, @Nullable URI baseUrl, @Nullable ApiVersion apiVersion,
			@Nullable URI callbackUrl) {

		@Override
		public String toString() {
			return "Account[clientId=" + this.clientId + ", clientSecret=" + redacted(this.clientSecret) + ", apiKey="
					+ redacted(this.apiKey) + ", previousApiKeys=" + this.previousApiKeys.size() + ", baseUrl="
					+ this.baseUrl + ", apiVersion=" + this.apiVersion + ", callbackUrl=" + this.callbackUrl + "]";
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

	}

	/**
	 * How Kopo Kopo is called.
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

	}

	/**
	 * How webhooks and results are received.
	 *
	 * @param enabled Whether to register the webhook endpoint.
	 * @param path Path of the webhook endpoint, for webhooks and results alike, not
	 * encoded.
	 * @param maxBodySize Maximum size of a message. A larger message gets status 413.
	 * @param readTimeout How long reading a message may take; a slower message gets
	 * status 408.
	 * @param store Where handled events are remembered, so that each is published once.
	 * With auto, in the database if there is one, otherwise in memory.
	 * @param retention Time for which a handled event is remembered in the database.
	 * @param memory The store in memory.
	 * @param jdbc The store in the database.
	 * @param mode When the listeners are called.
	 * @param maxConcurrentDeliveries How many deliveries are handled at a time in direct
	 * mode; the others wait. With a database, half of its connection pool when it is not
	 * set, and 16 when the size of the pool is not known.
	 * @param maxWait How long a delivery waits, from its arrival, to be handled in direct
	 * mode, or for another delivery of the same event, and on WebFlux for a thread. Then
	 * it gets status 503.
	 * @param inbox How stored events are handled.
	 * @param subscriptions Webhook subscriptions of the default account that the
	 * application maintains.
	 */
	public record Webhook(@DefaultValue("true") boolean enabled, @DefaultValue("/k2/webhooks") String path,
			@DefaultValue("256KB") DataSize maxBodySize, @DefaultValue("10s") Duration readTimeout,
			@DefaultValue("auto") Store store, @DefaultValue("90d") Duration retention, @DefaultValue Memory memory,
			@DefaultValue Jdbc jdbc, @DefaultValue("direct") Mode mode, @Nullable Integer maxConcurrentDeliveries,
			@DefaultValue("20s") Duration maxWait, @DefaultValue Inbox inbox,
			@DefaultValue List<Subscription> subscriptions) {

	}

	/**
	 * The store in memory.
	 *
	 * @param maxEntries Maximum number of handled events to remember. The oldest are
	 * forgotten first.
	 */
	public record Memory(@DefaultValue("10000") int maxEntries) {

	}

	/**
	 * The store in the database.
	 *
	 * @param initializeSchema Databases in which the table is created at startup.
	 * @param tableName Name of the table, with a schema where it needs one.
	 */
	public record Jdbc(@DefaultValue("embedded") InitializeSchema initializeSchema,
			@DefaultValue("k2_event") String tableName) {

	}

	/**
	 * How stored events are handled.
	 *
	 * @param firstDelay Delay before the second attempt. Each further delay is twice as
	 * long.
	 * @param maxDelay Longest delay between two attempts.
	 * @param maxAttempts After how many failed attempts an event is parked.
	 * @param maxWaiting How many events may wait; beyond that a delivery gets status 503.
	 * @param warnAfter Time after which a warning names the event of a running attempt,
	 * and what its listeners do.
	 */
	public record Inbox(@DefaultValue("1s") Duration firstDelay, @DefaultValue("1h") Duration maxDelay,
			@DefaultValue("20") int maxAttempts, @Nullable Long maxWaiting, @DefaultValue("1m") Duration warnAfter) {

	}

	/**
	 * A webhook subscription that the application maintains.
	 *
	 * @param eventType Topic, for example buygoods_transaction_received.
	 * @param scope Scope of the subscription: one till or the whole company.
	 * @param scopeReference Number of the till.
	 * @param url URL to which the webhooks are sent. By default the callback URL.
	 */
	public record Subscription(@Nullable String eventType, @Nullable Scope scope, @Nullable String scopeReference,
			@Nullable URI url) {

	}

	/**
	 * How the status of requests is checked until their result is known.
	 *
	 * @param enabled Whether to check the status of requests until their result is final.
	 * @param firstCheck Delay before the first check. Each further delay is twice as
	 * long, up to half an hour.
	 * @param giveUpAfter Time after which an UnresolvedK2Request is published. A payment
	 * link is checked until it expires.
	 * @param unknownAfter Time for which Kopo Kopo must respond that it does not know the
	 * request before an UnresolvedK2Request is published.
	 * @param maxCallsPerSecond Maximum number of calls that an instance makes in a
	 * second.
	 */
	public record FollowUp(@DefaultValue("false") boolean enabled, @DefaultValue("30s") Duration firstCheck,
			@DefaultValue("24h") Duration giveUpAfter, @DefaultValue("5m") Duration unknownAfter,
			@DefaultValue("10") int maxCallsPerSecond) {

	}

	/**
	 * When the listeners are called.
	 */
	public enum Mode {

		/**
		 * Before the response is sent.
		 */
		DIRECT,

		/**
		 * Later: the message is stored, and handled by db-scheduler.
		 */
		INBOX

	}

	/**
	 * Where handled events are stored.
	 */
	public enum Store {

		/**
		 * In the database where there is one with the table, else in memory.
		 */
		AUTO,

		/**
		 * In the database.
		 */
		JDBC,

		/**
		 * In the memory of the instance.
		 */
		MEMORY,

		/**
		 * Nowhere: every delivery is published.
		 */
		NONE

	}

	/**
	 * Which databases get the table at start.
	 */
	public enum InitializeSchema {

		/**
		 * Embedded databases only.
		 */
		EMBEDDED,

		/**
		 * Any database.
		 */
		ALWAYS,

		/**
		 * None.
		 */
		NEVER

	}

}
