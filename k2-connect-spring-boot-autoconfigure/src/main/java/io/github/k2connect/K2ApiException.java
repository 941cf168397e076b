package io.github.k2connect;

import java.time.Duration;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when Kopo Kopo responds with a status of 400 or above.
 * <p>
 * The accessors return the details of the response. The exception's message does not
 * contain them, because they may quote data of the request, such as a customer's phone
 * number.
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
	 * @param message a message without secrets and without customers' data
	 * @param statusCode the HTTP status
	 * @param errorCode Kopo Kopo's {@code error_code}, or {@code null}
	 * @param errorMessage Kopo Kopo's {@code error_message}, or {@code null}
	 * @param responseBody the body as received, empty if there was none
	 * @param outcomeUnknown whether the request may have taken effect
	 * @param retryAfter the time that Kopo Kopo asks to wait, or {@code null}
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
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
	 * Create the exception of a request that starts something, for example to stub a
	 * service in a test.
	 * @param statusCode the HTTP status
	 * @param errorCode Kopo Kopo's {@code error_code}, or {@code null}
	 * @param errorMessage Kopo Kopo's {@code error_message}, or {@code null}
	 * @return the exception, without a response body
	 */
	public static K2ApiException of(int statusCode, @Nullable String errorCode, @Nullable String errorMessage) {
		return new K2ApiException(message(statusCode), statusCode, errorCode, errorMessage, "",
				!isRejection(statusCode), null);
	}

	static String message(int statusCode) {
		return "Kopo Kopo responded with status " + statusCode;
	}

	/**
	 * Return whether the status means that the request had no effect: any 4xx except 408
	 * (timeout) and 409 (the conflict may be with an earlier attempt of the same
	 * request).
	 * @param statusCode the HTTP status
	 * @return {@code true} if Kopo Kopo rejected the request
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static boolean isRejection(int statusCode) {
		return statusCode >= 400 && statusCode < 500 && statusCode != 408 && statusCode != 409;
	}

	/**
	 * Return the HTTP status of the response.
	 * @return a status of 400 or above
	 */
	public int statusCode() {
		return this.statusCode;
	}

	/**
	 * Return Kopo Kopo's {@code error_code}.
	 * @return the code, or {@code null} if the response has none
	 */
	public @Nullable String errorCode() {
		return this.errorCode;
	}

	/**
	 * Return Kopo Kopo's {@code error_message}, several of them joined with {@code "; "}.
	 * It may quote data of the request.
	 * @return the message, or {@code null} if the response has none
	 */
	public @Nullable String errorMessage() {
		return this.errorMessage;
	}

	/**
	 * Return the body as received, at most its first MiB: JSON, the HTML page of a proxy,
	 * or empty. It may quote data of the request.
	 * @return the body, empty if there was none or it could not be read
	 */
	public String responseBody() {
		return this.responseBody;
	}

	/**
	 * Return how long Kopo Kopo asks to wait before the next call, from the
	 * {@code Retry-After} header.
	 * @return the time from the response on, or {@code null} if the header is absent
	 */
	public @Nullable Duration retryAfter() {
		return this.retryAfter;
	}

	/**
	 * {@inheritDoc} The outcome is unknown if the request starts something and the status
	 * is 408, 409, or 500 or above.
	 */
	@Override
	public boolean outcomeUnknown() {
		return this.outcomeUnknown;
	}

}
