package io.github.k2connect.webhook;

import java.util.Locale;

/**
 * The outcome of a delivery, or of an attempt to handle an event.
 */
enum Outcome {

	/**
	 * All listeners returned.
	 */
	PUBLISHED,

	/**
	 * The event was handled before.
	 */
	DUPLICATE,

	/**
	 * All listeners returned, and there is no event record for the message.
	 */
	UNRECOGNIZED,

	/**
	 * The event was stored, to be handled later.
	 */
	ACCEPTED,

	/**
	 * Too many events wait.
	 */
	BUSY,

	/**
	 * The message was rejected.
	 */
	REJECTED,

	/**
	 * A listener threw, its transaction could not be committed, or the message could not
	 * be read.
	 */
	FAILED,

	/**
	 * The last attempt to handle the event failed.
	 */
	PARKED,

	/**
	 * No listener was called: the event store failed, or no transaction could begin.
	 */
	UNAVAILABLE,

	/**
	 * The API keys of the account could not be loaded, so the message was not verified.
	 */
	ACCOUNT_UNAVAILABLE;

	/**
	 * Return the value in the observation.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
