package io.github.k2connect.webhook;

import io.github.k2connect.event.K2Event;

import org.springframework.context.ApplicationEventPublisher;

/**
 * The way of an event to the application's listeners.
 */
public final class EventDispatcher {

	private final ApplicationEventPublisher publisher;

	/**
	 * Creates a dispatcher.
	 * @param publisher reaches the listeners
	 */
	public EventDispatcher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publishes the event; returns when all listeners have returned, and throws what one
	 * of them throws.
	 * @param event the event
	 */
	void dispatch(K2Event event) {
		this.publisher.publishEvent(event);
	}

}
