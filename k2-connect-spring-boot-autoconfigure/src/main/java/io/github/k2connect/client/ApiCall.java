package io.github.k2connect.client;

import java.time.Instant;
import java.util.Set;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2ResponseException;
import org.jspecify.annotations.Nullable;

/**
 * One call to Kopo Kopo, and what a failure of it means.
 *
 * @param name the method and the path without ids, for messages
 * @param kind what the call does
 */
record ApiCall(String name, Kind kind) {

	private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

	private static final Set<Integer> REFUSED_CREDENTIALS = Set.of(400, 401, 403);

	/**
	 * Return whether an answer of that status says that nothing was done. Of those of the
	 * client's own fault a timeout does not, nor a conflict, which may be one with what
	 * the same request has started.
	 */
	static boolean refuses(int status) {
		return status >= 400 && status < 500 && status != 408 && status != 409;
	}

	/**
	 * Create the failure of a call that got no answer.
	 */
	RuntimeException failure(Throwable cause, boolean sent) {
		boolean outcomeUnknown = sent && changesSomething();
		K2ConnectionException failure = new K2ConnectionException("No answer from Kopo Kopo to " + this.name,
				outcomeUnknown, cause);
		return outcomeUnknown ? failure : new RepeatableFailure(failure, null);
	}

	/**
	 * Create the failure of a call whose answer is no success.
	 */
	RuntimeException failure(ApiResponse answer) {
		if (!answer.isError()) {
			return unreadable(answer, "a redirect or another status that is no success");
		}
		K2Exception failure = error(answer);
		return (TRANSIENT.contains(answer.status()) && !changesSomething())
				? new RepeatableFailure(failure, answer.headers().getFirst("Retry-After")) : failure;
	}

	/**
	 * Create the failure of a call whose answer breaks the contract.
	 */
	K2ResponseException unreadable(ApiResponse answer, String reason) {
		return new K2ResponseException("Kopo Kopo answered " + answer.status() + " to " + this.name + ": " + reason,
				answer.status(), bodyOf(answer), changesSomething());
	}

	private K2ApiException error(ApiResponse answer) {
		String message = "Kopo Kopo answered " + answer.status() + " to " + this.name;
		ErrorBody body = ErrorBody.of(answer);
		int status = answer.status();
		if (status == 401 || (this.kind == Kind.OAUTH && REFUSED_CREDENTIALS.contains(status))) {
			return new K2AuthenticationException(message, status, body.errorCode(), body.errorMessage(), body.error(),
					body.errorDescription(), bodyOf(answer));
		}
		return new K2ApiException(message, status, body.errorCode(), body.errorMessage(), bodyOf(answer),
				changesSomething() && !refuses(status),
				RetryAfter.parse(answer.headers().getFirst("Retry-After"), Instant.now()));
	}

	/**
	 * Return what was answered; nothing of a success of the OAuth endpoints, which may
	 * hold a token.
	 */
	private String bodyOf(ApiResponse answer) {
		return (this.kind == Kind.OAUTH && !answer.isError()) ? "" : answer.text();
	}

	/**
	 * Return whether the call starts or ends something.
	 */
	boolean changesSomething() {
		return this.kind == Kind.CREATE;
	}

	/**
	 * What a call does.
	 */
	enum Kind {

		/**
		 * Starts or ends something: never repeated once it may have been received.
		 */
		CREATE,

		/**
		 * Asks for something: safe to repeat.
		 */
		FETCH,

		/**
		 * Deals with tokens: safe to repeat, and a refusal is one of the credentials.
		 */
		OAUTH

	}

	/**
	 * A failure of a call that is safe to repeat.
	 */
	static final class RepeatableFailure extends RuntimeException {

		private final transient K2Exception failure;

		private final @Nullable String retryAfter;

		RepeatableFailure(K2Exception failure, @Nullable String retryAfter) {
			super(failure);
			this.failure = failure;
			this.retryAfter = retryAfter;
		}

		K2Exception failure() {
			return this.failure;
		}

		@Nullable String retryAfter() {
			return this.retryAfter;
		}

	}

}
