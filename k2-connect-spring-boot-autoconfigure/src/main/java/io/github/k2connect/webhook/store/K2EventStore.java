package io.github.k2connect.webhook.store;

/**
 * Store of handled events. An application may define its own bean in direct mode. The
 * inbox and the reconciliation need the record of an event in their own SQL: with such a
 * bean the application does not start.
 */
@FunctionalInterface
public interface K2EventStore {

	/**
	 * Handle an event unless it was handled before.
	 * <p>
	 * If the handling throws an exception, the event is not handled, and the exception is
	 * rethrown. While the same event is being handled, in this instance or in another
	 * that shares the store, this method waits. If that delivery succeeds, the event was
	 * handled before. If it fails, the event is handled now.
	 * @param identity the identity of the event
	 * @param handling calls all listeners; runs in a transaction if the application has a
	 * transaction manager
	 * @return {@code true} if it was handled now, {@code false} if it was handled before
	 */
	boolean handleOnce(EventIdentity identity, Runnable handling);

	/**
	 * Return a store that remembers nothing: every delivery is handled.
	 * @return the store
	 */
	static K2EventStore none() {
		return (identity, handling) -> {
			handling.run();
			return true;
		};
	}

}
