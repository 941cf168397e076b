package io.github.k2connect;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * Kopo Kopo answered with a status of 400 or above.
 * <p>
 * What it said is kept in the accessors and left out of the message, since it may quote
 * what was sent, a customer's phone number for one.
 */
public class K2ApiException extends K2Exception {

	private final int statusCode;

	private final @Nullable String errorCode;

	private final @Nullable String errorMessage;

	private final String responseBody;

	private final boolean outcomeUnknown;

	private final @Nullable Duration retryAfter;

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets and of customers' data
	 * @param statusCode the HTTP status
	 * @param errorCode Kopo Kopo's {@code error_code}, or {@code null}
	 * @param errorMessage Kopo Kopo's {@code error_message}, or {@code null}
	 * @param responseBody the body as received, empty when there was none
	 * @param outcomeUnknown whether the request may have taken effect all the same
	 */
	public K2ApiException(String message, int statusCode, @Nullable String errorCode, @Nullable String errorMessage,
			String responseBody, boolean outcomeUnknown) {
		this(message, statusCode, errorCode, errorMessage, responseBody, outcomeUnknown, null);
	}

	/**
	 * Create the exception.
	 * @param message what went wrong, free of secrets and of customers' data
	 * @param statusCode the HTTP status
	 * @param errorCode Kopo Kopo's {@code error_code}, or {@code null}
	 * @param errorMessage Kopo Kopo's {@code error_message}, or {@code null}
	 * @param responseBody the body as received, empty when there was none
	 * @param outcomeUnknown whether the request may have taken effect all the same
	 * @param retryAfter how long Kopo Kopo asks to wait, or {@code null}
	 */
	public K2ApiException(String message, int statusCode, @Nullable String errorCode, @Nullable String errorMessage,
			String responseBody, boolean outcomeUnknown, @Nullable Duration retryAfter) {
		super(message, null);
		this.statusCode = statusCode;
		this.errorCode = errorCode;
		this.errorMessage = errorMessage;
		this.responseBody = responseBody;
		this.outcomeUnknown = outcomeUnknown;
		this.retryAfter = (retryAfter != null && !retryAfter.isNegative()) ? retryAfter : null;
	}

	/**
	 * Return the HTTP status of the answer.
	 * @return a status of 400 or above
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * Return Kopo Kopo's {@code error_code}.
	 * @return the code, or {@code null} when the answer held none
	 */
	public @Nullable String errorCode() {
		return this.errorCode;
	}

	/**
	 * Return Kopo Kopo's {@code error_message}, several of them joined with {@code "; "}.
	 * May quote what was sent.
	 * @return the message, or {@code null} when the answer held none
	 */
	public @Nullable String errorMessage() {
		return this.errorMessage;
	}

	/**
	 * Return the body as received: JSON, the HTML page of a proxy, or nothing. May quote
	 * what was sent.
	 * @return the body, empty when there was none
	 */
	public String responseBody() {
		return this.responseBody;
	}

	/**
	 * Return how long Kopo Kopo asks to wait before the next call: its
	 * {@code Retry-After}.
	 * @return the time from the response on, or {@code null} when it asks for none
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * {@inheritDoc} An answer of 500 or above, of 408 or of 409 to a request that starts
	 * something says nothing about whether it was started.
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
