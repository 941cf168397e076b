package io.github.k2connect.client;

import java.time.Instant;
import java.util.Set;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2ResponseException;

/**
 * A call to Kopo Kopo, which creates the exceptions for its failures.
 *
 * @param name the method and the path without ids, for messages
 * @param kind the kind of the call
 */
record ApiCall(String name, Kind kind) {

	private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

	private static final Set<Integer> REJECTED_CREDENTIALS = Set.of(400, 401, 403);

	/**
	 * Create the exception for a call without a response.
	 */
	RuntimeException failure(Throwable cause, boolean sent) {
		boolean outcomeUnknown = sent && hasSideEffect();
		K2ConnectionException failure = new K2ConnectionException("No response from Kopo Kopo to " + this.name,
				outcomeUnknown, cause);
		return outcomeUnknown ? failure : new RepeatableFailure(failure);
	}

	/**
	 * Create the exception for a response with another status than success.
	 * @param response the response
	 * @param receivedBefore whether the request may have been received, even if the
	 * response is a rejection
	 */
	RuntimeException failure(ApiResponse response, boolean receivedBefore) {
		if (!response.isError()) {
			return unreadable(response, "a redirect or another unexpected status");
		}
		K2ApiException failure = error(response, receivedBefore && hasSideEffect());
		return (TRANSIENT.contains(response.status()) && !hasSideEffect()) ? new RepeatableFailure(failure) : failure;
	}

	/**
	 * Create the exception for a response whose body was not read to its end.
	 */
	K2ResponseException incomplete(ApiResponse response) {
		return unreadable(response, "its body is incomplete, or larger than " + this.kind.mebibytes + " MiB");
	}

	/**
	 * Create the exception for a response that does not follow Kopo Kopo's API.
	 */
	K2ResponseException unreadable(ApiResponse response, String reason) {
		return new K2ResponseException(
				"Kopo Kopo responded with status " + response.status() + " to " + this.name + ": " + reason,
				response.status(), bodyOf(response), hasSideEffect());
	}

	private K2ApiException error(ApiResponse response, boolean outcomeUnknown) {
		String message = "Kopo Kopo responded with status " + response.status() + " to " + this.name;
		ErrorBody body = ErrorBody.of(response);
		int status = response.status();
		if ((status == 401 && !outcomeUnknown) || (this.kind == Kind.OAUTH && REJECTED_CREDENTIALS.contains(status))) {
			return new K2AuthenticationException(message, status, body.errorCode(), body.errorMessage(), body.error(),
					body.errorDescription(), bodyOf(response));
		}
		return new K2ApiException(message, status, body.errorCode(), body.errorMessage(), bodyOf(response),
				outcomeUnknown || (hasSideEffect() && !K2ApiException.isRejection(status)),
				RetryAfter.parse(response.headers().getFirst("Retry-After"), Instant.now()));
	}

	/**
	 * Return the body of the response. A successful response of an OAuth endpoint is left
	 * out, because it may contain a token.
	 */
	private String bodyOf(ApiResponse response) {
		return (this.kind == Kind.OAUTH && !response.isError()) ? "" : response.text();
	}

	/**
	 * Return whether the call may start or end something at Kopo Kopo.
	 */
	boolean hasSideEffect() {
		return this.kind == Kind.CREATE;
	}

	/**
	 * The kind of a call.
	 */
	enum Kind {

		/**
		 * Starts or ends something. Never repeated if it may have been received.
		 */
		CREATE(1),

		/**
		 * Reads something. Safe to repeat. The result of a poll may be large.
		 */
		FETCH(8),

		/**
		 * Issues, revokes or describes tokens. Safe to repeat. A rejection means that the
		 * credentials are wrong.
		 */
		OAUTH(1);

		private final int mebibytes;

		Kind(int mebibytes) {
			this.mebibytes = mebibytes;
		}

		/**
		 * Return the maximum size of a response body, in bytes.
		 */
		int maxBodySize() {
			return this.mebibytes * 1024 * 1024;
		}

	}

	/**
	 * Thrown when a call failed and is safe to repeat.
	 */
	static final class RepeatableFailure extends RuntimeException {

		private final transient K2Exception failure;

		RepeatableFailure(K2Exception failure) {
			super(failure);
			this.failure = failure;
		}

		K2Exception failure() {
			return this.failure;
		}

	}

}
