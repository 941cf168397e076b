package io.github.k2connect.webhook.reception;

import java.time.Duration;

import org.apiguardian.api.API;

/**
 * Receiver of verified and decoded events.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
@FunctionalInterface
public interface EventReceiver {

	/**
	 * Receive the event. If this method returns {@link Reception#PUBLISHED},
	 * {@link Reception#DUPLICATE} or {@link Reception#ACCEPTED}, the event is handled or
	 * stored. It throws an exception if the event was not handled.
	 * @param received the event
	 * @param waited how long the delivery has waited; a receiver that lets deliveries
	 * wait only for a time counts this time as well
	 * @param beforeListeners is run before the first listener is called
	 * @return the result
	 */
	Reception receive(ReceivedEvent received, Duration waited, Runnable beforeListeners);

	/**
	 * The result of receiving an event.
	 */
	enum Reception {

		/**
		 * All listeners have handled it.
		 */
		PUBLISHED,

		/**
		 * The event was received before, and there is nothing to do.
		 */
		DUPLICATE,

		/**
		 * The event is stored, and the listeners are called later.
		 */
		ACCEPTED,

		/**
		 * Too many events wait: the event is neither handled nor stored.
		 */
		BUSY

	}

}
