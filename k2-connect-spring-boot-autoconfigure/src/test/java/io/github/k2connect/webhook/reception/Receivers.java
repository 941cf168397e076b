package io.github.k2connect.webhook.reception;

import java.time.Duration;

/**
 * Receivers of events.
 */
public final class Receivers {

	private Receivers() {
	}

	/**
	 * Create a receiver that handles events before the response.
	 */
	public static EventReceiver direct(EventDispatcher dispatcher, int size, Duration maxWait) {
		return new DirectReceiver(dispatcher, size, maxWait);
	}

}
