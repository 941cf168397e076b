package io.github.k2connect.webhook.inbox;

/**
 * Tells db-scheduler that an attempt failed. What failed is not its cause, so that
 * db-scheduler, which logs its failures, does not log it a second time.
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
