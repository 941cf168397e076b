package io.github.k2connect.webhook.endpoint;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.github.k2connect.event.K2Event;

import org.springframework.context.event.EventListener;

/**
 * Listener that records the events it receives. Applications of tests import it.
 */
final class EventRecorder {

	private final List<K2Event> events = new CopyOnWriteArrayList<>();

	@EventListener
	void on(K2Event event) {
		this.events.add(event);
	}

	List<K2Event> events() {
		return this.events;
	}

}
