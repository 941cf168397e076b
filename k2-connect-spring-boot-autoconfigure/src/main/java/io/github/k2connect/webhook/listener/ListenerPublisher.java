package io.github.k2connect.webhook.listener;

import org.apiguardian.api.API;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes events to the application's listeners, and waits for those that are
 * asynchronous. A delivery that goes on after the web server has stopped might find no
 * listeners, and then the event must not count as handled.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class ListenerPublisher implements SmartLifecycle {

	/**
	 * Stops after the web server, and so after the deliveries that it waits for.
	 */
	private static final int PHASE = DEFAULT_PHASE - 4096;

	private final ApplicationEventPublisher publisher;

	private volatile boolean running = true;

	/**
	 * Create the lifecycle.
	 * @param publisher reaches the listeners
	 */
	public ListenerPublisher(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publish an event. Returns when all listeners are done, and throws the exception of
	 * the first listener that fails.
	 * @param event the event
	 * @throws IllegalStateException if the application has stopped
	 */
	public void publish(Object event) {
		if (!this.running) {
			throw new IllegalStateException("The application has stopped");
		}
		Delivery.publish(event, this.publisher);
	}

	@Override
	public void start() {
		this.running = true;
	}

	@Override
	public void stop() {
		this.running = false;
	}

	@Override
	public boolean isRunning() {
		return this.running;
	}

	@Override
	public int getPhase() {
		return PHASE;
	}

}
