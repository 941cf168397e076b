package io.github.k2connect.client;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The idempotency key of a request, with what says whether another request is the same.
 *
 * @param value the key
 * @param type the type of the request's result
 * @param fingerprint the text of the request's fingerprint
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public record IdempotencyKey(String value, String type, String fingerprint) {

	/**
	 * Return the key of a request.
	 * @param value the key, or {@code null}
	 * @param fingerprint the fingerprint of the request
	 * @return the key, or {@code null} if the request has none
	 */
	public static @Nullable IdempotencyKey of(@Nullable String value, Fingerprint fingerprint) {
		return (value != null) ? new IdempotencyKey(value, fingerprint.type(), fingerprint.toString()) : null;
	}

	/**
	 * Return whether an earlier request may have been the same as this one.
	 * @param earlierType the type of its result
	 * @param earlierFingerprint its fingerprint, also of another version
	 * @return {@code false} if it was another request
	 */
	public boolean isSameRequest(String earlierType, String earlierFingerprint) {
		return this.type.equals(earlierType) && Fingerprint.match(this.fingerprint, earlierFingerprint);
	}

}
