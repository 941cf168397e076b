package io.github.k2connect.webhook;

import java.util.Locale;

import org.springframework.http.HttpStatus;

/**
 * Why a delivery is turned away.
 */
enum Rejection {

	/**
	 * It has no signature, or one that cannot be any body's.
	 */
	UNSIGNED(HttpStatus.UNAUTHORIZED),

	/**
	 * Its signature is not that of its body.
	 */
	FORGED(HttpStatus.UNAUTHORIZED),

	/**
	 * Its body is no message, or ends too early.
	 */
	MALFORMED(HttpStatus.BAD_REQUEST),

	/**
	 * Its body is larger than the limit.
	 */
	TOO_LARGE(HttpStatus.CONTENT_TOO_LARGE),

	/**
	 * Its body takes longer than the limit.
	 */
	TIMED_OUT(HttpStatus.REQUEST_TIMEOUT);

	private final HttpStatus status;

	Rejection(HttpStatus status) {
		this.status = status;
	}

	/**
	 * Return the answer's status.
	 */
	HttpStatus status() {
		return this.status;
	}

	/**
	 * Return the value of the observation's key.
	 */
	String value() {
		return name().toLowerCase(Locale.ROOT).replace('_', '-');
	}

}
