package io.github.k2connect.webhook.inbox;

/**
 * Thrown to db-scheduler after a failed attempt. It has no cause, because db-scheduler
 * would log the failure a second time.
 */
final class HandlingFailedException extends RuntimeException {

	private final transient Throwable failure;

	private final transient String event;

	HandlingFailedException(String event, Throwable failure) {
		super("Event " + event + " was not handled", null, false, false);
		this.event = event;
		this.failure = failure;
	}

	String event() {
		return this.event;
	}

	Throwable failure() {
		return this.failure;
	}

}
