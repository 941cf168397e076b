package io.github.k2connect.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.util.Set;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2ResponseException;
import org.jspecify.annotations.Nullable;

import org.springframework.web.client.ResourceAccessException;

/**
 * One call to Kopo Kopo, and what a failure of it means.
 *
 * @param name method and path without ids, as it stands in messages
 * @param kind what the call does
 */
record ApiCall(String name, Kind kind) {

	private static final Set<Integer> TRANSIENT = Set.of(429, 502, 503, 504);

	private static final Set<Integer> REFUSED_CREDENTIALS = Set.of(400, 401, 403);

	/**
	 * Create the failure of a call that got no answer.
	 */
	RuntimeException failure(ResourceAccessException ex) {
		boolean sent = !neverConnected(ex);
		IOException cause = (ex.getCause() instanceof IOException io) ? io : null;
		K2ConnectionException failure = new K2ConnectionException("No answer from Kopo Kopo to " + this.name,
				sent && changesSomething(), cause);
		return (sent && changesSomething()) ? failure : new RepeatableFailure(failure, null);
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
				answer.status(), answer.text(), changesSomething() && answer.isSuccessful());
	}

	private K2ApiException error(ApiResponse answer) {
		String message = "Kopo Kopo answered " + answer.status() + " to " + this.name;
		ErrorBody body = ErrorBody.of(answer);
		int status = answer.status();
		if (status == 401 || (this.kind == Kind.OAUTH && REFUSED_CREDENTIALS.contains(status))) {
			return new K2AuthenticationException(message, status, body.errorCode(), body.errorMessage(), body.error(),
					body.errorDescription(), answer.text());
		}
		return new K2ApiException(message, status, body.errorCode(), body.errorMessage(), answer.text(),
				changesSomething() && status >= 500);
	}

	private boolean changesSomething() {
		return this.kind == Kind.CREATE;
	}

	private static boolean neverConnected(Throwable failure) {
		for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
			if (cause instanceof ConnectException || cause instanceof NoRouteToHostException
					|| cause instanceof UnknownHostException || cause instanceof UnresolvedAddressException
					|| cause instanceof HttpConnectTimeoutException) {
				return true;
			}
		}
		return false;
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
