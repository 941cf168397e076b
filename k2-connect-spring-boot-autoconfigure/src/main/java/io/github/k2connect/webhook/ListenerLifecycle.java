package io.github.k2connect.webhook;

import org.apiguardian.api.API;

import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.SmartLifecycle;

/**
 * Publishes events while the listeners are there. A delivery that goes on after the web
 * server has stopped might find none of them, and then the event must not count as
 * handled.
 */
@API(status = API.Status.INTERNAL)
public final class ListenerLifecycle implements SmartLifecycle {

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
	public ListenerLifecycle(ApplicationEventPublisher publisher) {
		this.publisher = publisher;
	}

	/**
	 * Publish an event.
	 * @param event the event
	 * @throws IllegalStateException if the application has stopped
	 */
	public void publish(Object event) {
		if (!this.running) {
			throw new IllegalStateException("The application has stopped");
		}
		this.publisher.publishEvent(event);
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
