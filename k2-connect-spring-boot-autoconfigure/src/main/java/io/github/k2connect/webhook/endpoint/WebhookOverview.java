package io.github.k2connect.webhook.endpoint;

import java.time.Instant;
import java.util.Locale;

import io.github.k2connect.webhook.WebhookProperties;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.github.k2connect.webhook.store.StoreProperties;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What operators see of the webhook endpoint.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class WebhookOverview {

	private static final String NONE = "none";

	private final WebhookProperties properties;

	private final StoreProperties storeProperties;

	private final ObjectProvider<EndpointPath> path;

	private final ObjectProvider<K2EventStore> store;

	private final LastDeliveries deliveries;

	WebhookOverview(WebhookProperties properties, StoreProperties storeProperties, ObjectProvider<EndpointPath> path,
			ObjectProvider<K2EventStore> store, LastDeliveries deliveries) {
		this.properties = properties;
		this.storeProperties = storeProperties;
		this.path = path;
		this.store = store;
		this.deliveries = deliveries;
	}

	/**
	 * Return the path of the endpoint in URLs.
	 * @return the path for the default account, or {@code null} if there is no endpoint
	 */
	public @Nullable String path() {
		return this.path.stream().findFirst().map((endpoint) -> endpoint.value().get()).orElse(null);
	}

	/**
	 * Return the delivery mode.
	 * @return {@code direct} or {@code inbox}
	 */
	public String mode() {
		return this.properties.mode().name().toLowerCase(Locale.ROOT);
	}

	/**
	 * Return the name of the event store.
	 * @return {@code jdbc}, {@code memory}, {@code none} or the class of the
	 * application's own store
	 */
	public String store() {
		return (this.storeProperties.type() == StoreProperties.Type.NONE) ? NONE
				: this.store.stream().findFirst().map(WebhookOverview::nameOf).orElse(NONE);
	}

	private static String nameOf(K2EventStore store) {
		if (store instanceof JdbcEventStore) {
			return "jdbc";
		}
		return (store instanceof InMemoryEventStore) ? "memory" : store.getClass().getName();
	}

	/**
	 * Return the time of the last delivery that was answered with status 200.
	 * @param account the name of the account in metrics
	 * @return the time, or {@code null} if there was none
	 */
	public @Nullable Instant lastAccepted(String account) {
		return this.deliveries.lastAccepted(account);
	}

	/**
	 * Return the time of the last delivery that was rejected: it had a wrong signature,
	 * or was malformed, too large or too slow.
	 * @param account the name of the account in metrics
	 * @return the time, or {@code null} if there was none
	 */
	public @Nullable Instant lastRejected(String account) {
		return this.deliveries.lastRejected(account);
	}

}
