package io.github.k2connect.webhook.store;

/**
 * Remembers which events were handled. An application may have a bean of its own.
 */
@FunctionalInterface
public interface K2EventStore {

	/**
	 * Handle an event unless it was handled before.
	 * <p>
	 * When the handling throws, the event counts as not handled, and what it threw is
	 * thrown on. While the same event is being handled, in this instance or in another
	 * that shares the store, this method waits: when that succeeds the event was handled
	 * before, when it fails it is handled now.
	 * @param identity what makes two deliveries the same event
	 * @param handling calls all listeners; runs in the application's transaction where it
	 * has a transaction manager
	 * @return whether it was handled now; {@code false} if it was handled before
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
