package io.github.k2connect.autoconfigure;

import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apiguardian.api.API;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.core.env.Environment;

/**
 * The name of the event store for operators.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class EventStoreName {

	private static final String NONE = "none";

	private final Environment environment;

	private final ObjectProvider<K2EventStore> store;

	EventStoreName(Environment environment, ObjectProvider<K2EventStore> store) {
		this.environment = environment;
		this.store = store;
	}

	/**
	 * Return the name of the store.
	 * @return {@code jdbc}, {@code memory}, {@code none} or the class of the
	 * application's own store
	 */
	public String get() {
		return NONE.equalsIgnoreCase(this.environment.getProperty("k2.webhook.store")) ? NONE
				: this.store.stream().findFirst().map(EventStoreName::nameOf).orElse(NONE);
	}

	private static String nameOf(K2EventStore store) {
		if (store instanceof JdbcEventStore) {
			return "jdbc";
		}
		return (store instanceof InMemoryEventStore) ? "memory" : store.getClass().getName();
	}

}
