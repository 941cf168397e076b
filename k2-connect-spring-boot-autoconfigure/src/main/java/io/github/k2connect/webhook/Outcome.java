package io.github.k2connect.webhook;

import java.util.Locale;

/**
 * What became of a delivery.
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
	 * It was turned away.
	 */
	REJECTED,

	/**
	 * A listener threw, or its transaction could not be committed.
	 */
	FAILED,

	/**
	 * No listener was called: the event store failed, or no transaction could begin.
	 */
	UNAVAILABLE;

	/**
	 * The value of the observation's key.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT);
	}

}
