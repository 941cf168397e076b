package io.github.k2connect.webhook;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * The reason for rejecting a message.
 */
enum Rejection {

	/**
	 * The signature is missing or malformed.
	 */
	UNSIGNED(HttpStatus.UNAUTHORIZED),

	/**
	 * The signature does not match the body.
	 */
	FORGED(HttpStatus.UNAUTHORIZED),

	/**
	 * The body is malformed or incomplete.
	 */
	MALFORMED(HttpStatus.BAD_REQUEST),

	/**
	 * The body is too large.
	 */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),

	/**
	 * The body takes too long to arrive.
	 */
	TIMED_OUT(HttpStatus.REQUEST_TIMEOUT);

	private final HttpStatus status;

	Rejection(HttpStatus status) {
		this.status = status;
	}

	/**
	 * Return the status of the response.
	 */
	HttpStatus status() {
		return this.status;
	}

	/**
	 * Return the value in the observation.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
