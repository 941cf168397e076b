package io.github.k2connect;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Base class of the exceptions that k2-connect throws. The messages contain no secret, no
 * token and no phone number of a customer, so they can be logged.
 */
public abstract class K2Exception extends RuntimeException {

	/**
	 * Create the exception.
	 * @param message a message without secrets and without customers' data
	 * @param cause the cause, or {@code null}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	protected K2Exception(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

	/**
	 * Return whether the request may have taken effect although it failed. Kopo Kopo may
	 * have received it and money may move: check the status, or wait for the result,
	 * before you start the same payment again.
	 * @return {@code true} if the outcome is unknown; {@code false} if Kopo Kopo
	 * certainly did not process the request, or if the request changes nothing
	 */
	public boolean outcomeUnknown() {
		return false;
	}

}
