package io.github.k2connect.webhook;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;

import io.github.k2connect.Scope;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;
import org.springframework.util.unit.DataSize;

import static io.github.k2connect.InvalidK2ConfigurationException.throwUnless;

/**
 * The settings of the webhook endpoint.
 *
 * @param enabled Whether to register the webhook endpoint.
 * @param path Path of the webhook endpoint, for webhooks and results alike, not encoded.
 * @param maxBodySize Maximum size of a message. A larger message gets status 413.
 * @param maxBufferedSize Maximum size of all messages whose signatures are not verified
 * yet. If it is exceeded, the oldest of them gets status 503. An eighth of the maximum
 * heap size when it is not set.
 * @param readTimeout How long reading a message may take; a slower message gets status
 * 408.
 * @param maxWait How long a delivery waits, from its arrival, to be handled in direct
 * mode, or for another delivery of the same event, and on WebFlux for a thread. Then it
 * gets status 503.
 * @param mode Whether listeners run before the response (direct) or after it (inbox).
 * @param maxConcurrentDeliveries How many deliveries are handled at a time in direct
 * mode; the others wait. With a database, half of its connection pool when it is not set,
 * and 1 when the size of the pool is not known.
 * @param subscriptions Webhook subscriptions of the default account that k2-connect
 * creates and monitors.
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@ConfigurationProperties("k2.webhook")
public record WebhookProperties(@DefaultValue("true") boolean enabled, @DefaultValue("/k2/webhooks") String path,
		@DefaultValue("256KB") DataSize maxBodySize, @Nullable DataSize maxBufferedSize,
		@DefaultValue("10s") Duration readTimeout, @DefaultValue("20s") Duration maxWait,
		@DefaultValue("direct") Mode mode, @Nullable Integer maxConcurrentDeliveries,
		@DefaultValue List<Subscription> subscriptions) {

	/**
	 * Which part of the heap messages take by default.
	 */
	private static final int HEAP_SHARE = 8;

	/**
	 * A path that Spring matches literally, by its decoded segments, without parameters.
	 */
	private static final Pattern PATH = Pattern.compile("(?:/(?!\\.{1,2}(?:/|$))[^/\\s{}*?#;%\\\\]+)+/?");

	public WebhookProperties {
		throwUnless(PATH.matcher(path).matches(), "k2.webhook.path",
				"must be a path such as /k2/webhooks, written as it is and not encoded: without spaces, %, ;, ?, #, {,"
						+ " }, * or \\, and without empty segments, . and ..");
		throwUnless(maxBodySize.toBytes() >= 1 && maxBodySize.toBytes() <= Integer.MAX_VALUE / 2,
				"k2.webhook.max-body-size", "must be between 1B and 1023MB");
		throwUnless(maxBufferedSize == null || maxBufferedSize.toBytes() >= 1, "k2.webhook.max-buffered-size",
				"must be positive");
		throwUnless(readTimeout.toMillis() >= 1, "k2.webhook.read-timeout", "must be positive");
		throwUnless(maxWait.toMillis() >= 1, "k2.webhook.max-wait", "must be positive");
		throwUnless(maxConcurrentDeliveries == null || maxConcurrentDeliveries >= 1,
				"k2.webhook.max-concurrent-deliveries", "must be at least 1");
	}

	/**
	 * Return the maximum size of all messages whose signatures are not verified yet, in
	 * bytes.
	 * @return the size
	 */
	public long maxBufferedBytes() {
		return (this.maxBufferedSize != null) ? this.maxBufferedSize.toBytes()
				: Runtime.getRuntime().maxMemory() / HEAP_SHARE;
	}

	/**
	 * Delivery mode.
	 */
	public enum Mode {

		/**
		 * Before the response is sent.
		 */
		DIRECT,

		/**
		 * Later: the message is stored, and handled afterwards.
		 */
		INBOX;

		/**
		 * Return the configured mode, however it is written.
		 * @param environment the environment of the application
		 * @return the mode, also if the property has a value that is not one
		 */
		public static Mode of(Environment environment) {
			try {
				return Binder.get(environment).bind("k2.webhook.mode", Mode.class).orElse(DIRECT);
			}
			catch (BindException ex) {
				return DIRECT;
			}
		}

	}

	/**
	 * A webhook subscription that k2-connect creates and monitors.
	 *
	 * @param eventType Topic, for example buygoods_transaction_received.
	 * @param scope Scope of the subscription: one till or the whole company.
	 * @param scopeReference Number of the till.
	 * @param url URL to which the webhooks are sent. By default the callback URL of the
	 * account.
	 */
	public record Subscription(@Nullable String eventType, @Nullable Scope scope, @Nullable String scopeReference,
			@Nullable URI url) {

	}

}
