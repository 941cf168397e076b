package io.github.k2connect.token;

import java.time.Instant;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What is known of the access token of an account, without a call to Kopo Kopo.
 *
 * @param expiresAt when the cached token expires, or {@code null} if there is none
 * @param refused whether Kopo Kopo rejected the credentials, and has issued no token
 * since
 * @param lastFailure the last failed request for a token, or {@code null}
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record TokenStatus(@Nullable Instant expiresAt, boolean refused, @Nullable Failure lastFailure) {

	/**
	 * The status of an account that has not requested a token.
	 */
	public static final TokenStatus NONE = new TokenStatus(null, false, null);

	/**
	 * A failed request for a token.
	 *
	 * @param at when it failed
	 * @param error the class of the exception
	 * @param statusCode the status of the response, or {@code null} if there was none
	 */
	public record Failure(Instant at, String error, @Nullable Integer statusCode) {

	}

}
