package io.github.k2connect;

/**
 * An answer that breaks Kopo Kopo's contract: a success without {@code Location}, a
 * redirect, a body that cannot be read, a resource of another type than asked for.
 */
public class K2ResponseException extends K2Exception {

	private final int statusCode;

	private final String responseBody;

	private final boolean outcomeUnknown;

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets and of customers' data
	 * @param statusCode the HTTP status
	 * @param responseBody the body as received, empty when there was none
	 * @param outcomeUnknown whether the request may have taken effect all the same
	 */
	public K2ResponseException(String message, int statusCode, String responseBody, boolean outcomeUnknown) {
		super(message, null);
		this.statusCode = statusCode;
		this.responseBody = responseBody;
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * Return the HTTP status of the answer.
	 * @return a status below 400
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * Return the body as received. May hold customers' data.
	 * @return the body, empty when there was none
	 */
	public String responseBody() {
		return this.responseBody;
	}

	/**
	 * {@inheritDoc} A success that cannot be understood is a success, and a redirect says
	 * nothing about whether something was started.
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
