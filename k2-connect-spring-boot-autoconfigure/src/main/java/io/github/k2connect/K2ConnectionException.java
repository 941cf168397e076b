package io.github.k2connect;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when there is no response from Kopo Kopo: the connection was refused, timed out
 * or was closed.
 */
public class K2ConnectionException extends K2Exception {

	private final boolean outcomeUnknown;

	/**
	 * Create the exception, for example to stub a service in a test.
	 * @param message a message without secrets and without customers' data
	 * @param outcomeUnknown whether the request may have reached Kopo Kopo
	 * @param cause the cause, or {@code null}
	 */
	public K2ConnectionException(String message, boolean outcomeUnknown, @Nullable Throwable cause) {
		super(message, cause);
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * Return whether the request may have reached Kopo Kopo. Money may move in that case:
	 * check the status, or wait for the result, before you start the same payment again.
	 * @return {@code false} if nothing was sent, or if the request changes nothing
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
