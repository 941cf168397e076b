package io.github.k2connect.webhook.endpoint;

import io.github.k2connect.K2Meter.Value;

import org.springframework.http.HttpStatus;

/**
 * The reason for rejecting a message.
 */
enum Rejection {

	/**
	 * The signature is missing or malformed.
	 */
	UNSIGNED(Value.UNSIGNED, HttpStatus.UNAUTHORIZED),

	/**
	 * The signature does not match the body.
	 */
	FORGED(Value.FORGED, HttpStatus.UNAUTHORIZED),

	/**
	 * The body is malformed or incomplete.
	 */
	MALFORMED(Value.MALFORMED, HttpStatus.BAD_REQUEST),

	/**
	 * The body is too large.
	 */
	TOO_LARGE(Value.TOO_LARGE, HttpStatus.CONTENT_TOO_LARGE),

	/**
	 * The body takes too long to arrive.
	 */
	TIMED_OUT(Value.TIMED_OUT, HttpStatus.REQUEST_TIMEOUT),

	/**
	 * The body arrives while too many others do.
	 */
	OVERLOADED(Value.OVERLOADED, HttpStatus.SERVICE_UNAVAILABLE);

	private final Value value;

	private final HttpStatus status;

	Rejection(Value value, HttpStatus status) {
		this.value = value;
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
	Value value() {
		return this.value;
	}

}
