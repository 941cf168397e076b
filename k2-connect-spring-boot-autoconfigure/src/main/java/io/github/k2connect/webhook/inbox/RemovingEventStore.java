package io.github.k2connect.webhook.inbox;

import java.util.function.Predicate;

import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;

/**
 * Event store for one attempt. It removes the event from the inbox in the transaction in
 * which the event is handled, if that is possible.
 */
final class RemovingEventStore implements K2EventStore {

	private final K2EventStore store;

	private final Predicate<JdbcEventStore> removal;

	private boolean removed;

	/**
	 * Create the store.
	 * @param store remembers which events were handled
	 * @param removal removes the event if the store has recorded it, and returns whether
	 * it did
	 */
	RemovingEventStore(K2EventStore store, Predicate<JdbcEventStore> removal) {
		this.store = store;
		this.removal = removal;
	}

	@Override
	public boolean handleOnce(EventIdentity identity, Runnable handling) {
		if (!(this.store instanceof JdbcEventStore events)) {
			return this.store.handleOnce(identity, handling);
		}
		boolean handled = events.handleOnce(identity, handling, () -> this.removed = this.removal.test(events));
		this.removed &= handled;
		return handled;
	}

	/**
	 * Return whether the event was handled and removed.
	 */
	boolean hasRemoved() {
		return this.removed;
	}

}
