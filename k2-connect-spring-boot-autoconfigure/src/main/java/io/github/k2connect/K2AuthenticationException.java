package io.github.k2connect;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Thrown when Kopo Kopo rejects the credentials, or rejects a call even with a new access
 * token.
 */
public class K2AuthenticationException extends K2ApiException {

	private final @Nullable String error;

	private final @Nullable String errorDescription;

	/**
	 * Create the exception.
	 * @param message a message without secrets and without customers' data
	 * @param statusCode the HTTP status
	 * @param errorCode Kopo Kopo's {@code error_code}, or {@code null}
	 * @param errorMessage Kopo Kopo's {@code error_message}, or {@code null}
	 * @param error the OAuth {@code error}, or {@code null}
	 * @param errorDescription the OAuth {@code error_description}, or {@code null}
	 * @param responseBody the body as received, empty if there was none
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2AuthenticationException(String message, int statusCode, @Nullable String errorCode,
			@Nullable String errorMessage, @Nullable String error, @Nullable String errorDescription,
			String responseBody) {
		super(message, statusCode, errorCode, errorMessage, responseBody, false, null);
		this.error = error;
		this.errorDescription = errorDescription;
	}

	/**
	 * Create the exception of a response with status 401, for example to stub a service
	 * in a test.
	 * @param error the OAuth {@code error}, or {@code null}
	 * @param errorDescription the OAuth {@code error_description}, or {@code null}
	 * @return the exception, without a response body
	 */
	public static K2AuthenticationException of(@Nullable String error, @Nullable String errorDescription) {
		return new K2AuthenticationException(message(401), 401, null, null, error, errorDescription, "");
	}

	/**
	 * Return the OAuth {@code error}, for example {@code invalid_client}.
	 * @return the error, or {@code null} if the response has none
	 */
	public @Nullable String error() {
		return this.error;
	}

	/**
	 * Return the OAuth {@code error_description}.
	 * @return the description, or {@code null} if the response has none
	 */
	public @Nullable String errorDescription() {
		return this.errorDescription;
	}

}
