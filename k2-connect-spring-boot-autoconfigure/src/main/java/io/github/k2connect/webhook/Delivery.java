package io.github.k2connect.webhook;

import java.lang.reflect.UndeclaredThrowableException;
import java.time.Duration;

import io.github.k2connect.event.K2Event;
import org.jspecify.annotations.Nullable;

import org.springframework.context.ApplicationEventPublisher;

/**
 * One event on its way to the listeners, on the thread that publishes it. Knows how long
 * they have taken, and the failure of a listener also when the application's multicaster
 * has an error handler that keeps it to itself.
 */
final class Delivery {

	private static final ThreadLocal<Delivery> CURRENT = new ThreadLocal<>();

	private final K2Event event;

	private final long start = System.nanoTime();

	private @Nullable Throwable failure;

	private Delivery(K2Event event) {
		this.event = event;
	}

	/**
	 * Publish the event.
	 * @param event the event
	 * @param publisher reaches the listeners
	 */
	static void publish(K2Event event, ApplicationEventPublisher publisher) {
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
		delivery.throwFailure();
	}

	/**
	 * Remember that a listener of the event failed.
	 * @param event the event that the listener was given
	 * @param failure why it failed
	 */
	static void failed(K2Event event, Throwable failure) {
		Delivery current = CURRENT.get();
		if (current != null && current.event == event && current.failure == null) {
			current.failure = failure;
		}
	}

	/**
	 * Return whether this thread is delivering the event.
	 * @param event the event that a listener was given
	 * @return whether a delivery waits for the listener
	 */
	static boolean isDelivered(K2Event event) {
		Delivery current = CURRENT.get();
		return current != null && current.event == event;
	}

	/**
	 * Return how much of the time the listeners have left.
	 * @param timeout the time that they have together
	 * @return what is left, zero if nothing is
	 */
	static Duration remaining(Duration timeout) {
		Delivery current = CURRENT.get();
		if (current == null) {
			return timeout;
		}
		Duration left = timeout.minusNanos(System.nanoTime() - current.start);
		return left.isNegative() ? Duration.ZERO : left;
	}

	private void throwFailure() {
		if (this.failure instanceof RuntimeException runtimeException) {
			throw runtimeException;
		}
		if (this.failure instanceof Error error) {
			throw error;
		}
		if (this.failure != null) {
			throw new UndeclaredThrowableException(this.failure);
		}
	}

}
