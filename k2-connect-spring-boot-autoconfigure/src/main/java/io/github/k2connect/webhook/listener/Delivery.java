package io.github.k2connect.webhook.listener;

import java.time.Duration;

import io.github.k2connect.Ticker;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.util.ReflectionUtils;

/**
 * The delivery of one event to the listeners, on the thread that publishes it. It
 * measures the time, and remembers the failure of a listener even if the multicaster has
 * an error handler that hides it.
 */
final class Delivery {

	private static final ThreadLocal<Delivery> CURRENT = new ThreadLocal<>();

	private final Object event;

	private final long start = Ticker.SYSTEM.tick();

	private @Nullable Throwable failure;

	private Delivery(Object event) {
		this.event = event;
	}

	/**
	 * Publish the event, and throw the first failure of a listener.
	 * @param event the event
	 * @param publisher the publisher of events
	 */
	static void publish(Object event, ApplicationEventPublisher publisher) {
		Delivery outer = CURRENT.get();
		Delivery delivery = new Delivery(event);
		CURRENT.set(delivery);
		try {
			publisher.publishEvent(event);
		}
		finally {
			if (outer != null) {
				CURRENT.set(outer);
			}
			else {
				CURRENT.remove();
			}
		}
		if (delivery.failure != null) {
			ReflectionUtils.rethrowRuntimeException(delivery.failure);
		}
	}

	/**
	 * Remember that a listener of the event failed.
	 * @param event the event that the listener received
	 * @param failure the failure
	 */
	static void failed(Object event, Throwable failure) {
		Delivery current = CURRENT.get();
		if (current != null && current.event == event && current.failure == null) {
			current.failure = failure;
		}
	}

	/**
	 * Return whether this thread is delivering the event.
	 * @param event the event that a listener received
	 * @return {@code true} if the delivery waits for the listener
	 */
	static boolean isDelivered(Object event) {
		Delivery current = CURRENT.get();
		return current != null && current.event == event;
	}

	/**
	 * Return the remaining time of the listeners.
	 * @param timeout the time of all listeners together
	 * @return the remaining time, or zero if it is over
	 */
	static Duration remaining(Duration timeout) {
		Delivery current = CURRENT.get();
		return (current != null) ? Ticker.SYSTEM.left(timeout, current.start) : timeout;
	}

}
