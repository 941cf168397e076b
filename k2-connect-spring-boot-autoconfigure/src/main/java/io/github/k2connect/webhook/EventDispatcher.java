package io.github.k2connect.webhook;

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
	 * @param publisher the publisher of events
	 * @param store remembers which events were handled
	 */
	public EventDispatcher(ApplicationEventPublisher publisher, K2EventStore store) {
		this(publisher, store, (event) -> {
		});
	}

	/**
	 * Create a dispatcher.
	 * @param publisher the publisher of events
	 * @param store remembers which events were handled
	 * @param listener learns of every event that was handled, now or before
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
	 * @param reachesListeners is run before the first listener is called
	 * @return whether it was published now
	 */
	public boolean dispatch(ReceivedEvent received, Runnable reachesListeners) {
		boolean published = this.store.handleOnce(received.identity(), () -> {
			reachesListeners.run();
			Delivery.publish(received.event(), this.publisher);
		});
		this.listener.handled(received.event());
		return published;
	}

	/**
	 * Publish something of k2-connect's own unless it was published before.
	 * @param identity what tells it from everything else
	 * @param event the event
	 * @return whether it was published now
	 */
	public boolean dispatch(EventIdentity identity, Object event) {
		return this.store.handleOnce(identity, () -> this.publisher.publishEvent(event));
	}

}
