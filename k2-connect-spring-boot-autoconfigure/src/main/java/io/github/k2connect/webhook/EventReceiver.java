package io.github.k2connect.webhook;

import org.apiguardian.api.API;

/**
 * Takes an event that is genuine and decoded.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface EventReceiver {

	/**
	 * Receive the event. When this returns, the event is safe: handled, or kept to be
	 * handled. It throws what went wrong otherwise.
	 * @param received the event
	 * @param reachesListeners is run before the first listener is called
	 * @return what became of it
	 */
	Reception receive(ReceivedEvent received, Runnable reachesListeners);

	/**
	 * What became of an event that was received.
	 */
	enum Reception {

		/**
		 * All listeners have handled it.
		 */
		PUBLISHED,

		/**
		 * It was received before, and there is nothing to do.
		 */
		DUPLICATE,

		/**
		 * It is written down; the listeners get it soon.
		 */
		ACCEPTED,

		/**
		 * There is no room for it now: the sender keeps it.
		 */
		BUSY

	}

}
