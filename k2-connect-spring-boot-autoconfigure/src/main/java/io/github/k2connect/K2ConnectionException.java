package io.github.k2connect;

import org.jspecify.annotations.Nullable;

/**
 * Kopo Kopo gave no answer: the connection was refused, timed out or was cut off.
 */
public class K2ConnectionException extends K2Exception {

	private final boolean outcomeUnknown;

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets and of customers' data
	 * @param outcomeUnknown whether the request may have reached Kopo Kopo
	 * @param cause what went wrong, or {@code null}
	 */
	public K2ConnectionException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
		super(message, cause);
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * Return whether the request may have reached Kopo Kopo, so that money may move. Ask
	 * for the status, or wait for the result, before starting the same payment again.
	 * @return {@code false} when nothing was sent, and for requests that change nothing
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
