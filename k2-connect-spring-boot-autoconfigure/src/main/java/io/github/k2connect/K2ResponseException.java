package io.github.k2connect;

/**
 * Thrown when a response does not follow Kopo Kopo's API: a success without
 * {@code Location} header, a redirect, a body that is unreadable or too large, or a
 * resource of an unexpected type.
 */
public class K2ResponseException extends K2Exception {

	private final int statusCode;

	private final String responseBody;

	private final boolean outcomeUnknown;

	/**
	 * Create the exception, for example to stub a service in a test.
	 * @param message a message without secrets and without customers' data
	 * @param statusCode the HTTP status
	 * @param responseBody the body as received, empty if there was none
	 * @param outcomeUnknown whether the request may have taken effect
	 */
	public K2ResponseException(String message, int statusCode, String responseBody, boolean outcomeUnknown) {
		super(message, null);
		this.statusCode = statusCode;
		this.responseBody = responseBody;
		this.outcomeUnknown = outcomeUnknown;
	}

	/**
	 * Return the HTTP status of the response.
	 * @return a status below 400
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * Return the body as received, at most its first MiB. It may contain customers' data.
	 * @return the body, empty if there was none
	 */
	public String responseBody() {
		return this.responseBody;
	}

	/**
	 * {@inheritDoc} The outcome is unknown if the request starts something: it may have
	 * been started even if the response is unreadable or a redirect.
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
