package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apiguardian.api.API;

import org.springframework.context.ApplicationEventPublisher;

/**
 * Publishes an event to the application's listeners, once.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class EventDispatcher {

	private final ApplicationEventPublisher publisher;

	private final K2EventStore store;

	private final HandledEventListener listener;

	/**
	 * Create a dispatcher.
	 * @param publisher publishes an event to the listeners, and waits for them
	 * @param store remembers which events were handled
	 */
	public EventDispatcher(ApplicationEventPublisher publisher, K2EventStore store) {
		this(publisher, store, (event) -> {
		});
	}

	/**
	 * Create a dispatcher.
	 * @param publisher publishes an event to the listeners, and waits for them
	 * @param store remembers which events were handled
	 * @param listener notified after each handling, duplicates included
	 */
	public EventDispatcher(ApplicationEventPublisher publisher, K2EventStore store, HandledEventListener listener) {
		this.publisher = publisher;
		this.store = store;
		this.listener = listener;
	}

	/**
	 * Publish the event unless it was published before. Returns when all listeners are
	 * done, and throws what one of them throws; it is published again then.
	 * @param received the event
	 * @param beforeListeners is run before the first listener is called
	 * @return whether it was published now
	 */
	public boolean dispatch(ReceivedEvent received, Runnable beforeListeners) {
		boolean published = this.store.handleOnce(received.identity(), () -> {
			beforeListeners.run();
			this.publisher.publishEvent(received.event());
		});
		this.listener.handled(received.event());
		return published;
	}

	/**
	 * Publish an event that k2-connect creates itself, unless it was published before.
	 * @param identity the identity under which it is remembered
	 * @param event the event
	 * @return whether it was published now
	 */
	public boolean dispatch(EventIdentity identity, Object event) {
		return this.store.handleOnce(identity, () -> this.publisher.publishEvent(event));
	}

	/**
	 * Listener for events that the application's listeners have handled.
	 */
	@FunctionalInterface
	public interface HandledEventListener {

		/**
		 * Called after an event was handled, by this delivery or an earlier one. Never
		 * throws.
		 * @param event the event
		 */
		void handled(K2Event event);

	}

}
