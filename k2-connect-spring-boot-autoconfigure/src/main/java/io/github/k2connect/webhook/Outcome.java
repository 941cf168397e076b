package io.github.k2connect.webhook;

import java.util.Locale;

/**
 * What became of a delivery, or of an attempt to handle an event.
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
	 * All listeners returned, and there is no record for the event.
	 */
	UNRECOGNIZED,

	/**
	 * It was written down, to be handled later.
	 */
	ACCEPTED,

	/**
	 * There was no room for it.
	 */
	BUSY,

	/**
	 * It was turned away.
	 */
	REJECTED,

	/**
	 * A listener threw, or its transaction could not be committed.
	 */
	FAILED,

	/**
	 * The last attempt to handle it failed.
	 */
	PARKED,

	/**
	 * No listener was called: the event store failed, or no transaction could begin.
	 */
	UNAVAILABLE;

	/**
	 * Return the value of the observation's key.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
