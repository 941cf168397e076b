package io.github.k2connect.webhook.inbox;

/**
 * Thrown to db-scheduler after a failed attempt. It has no cause, because db-scheduler
 * would log the failure a second time.
 */
final class HandlingFailedException extends RuntimeException {

	private final transient Throwable failure;

	HandlingFailedException(String key, Throwable failure) {
		super("Event " + key + " was not handled", null, false, false);
		this.failure = failure;
	}

	Throwable failure() {
		return this.failure;
	}

}
