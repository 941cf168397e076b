package io.github.k2connect.test;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

import org.jspecify.annotations.Nullable;

/**
 * Request that the simulator received, or attempt to deliver a message, with the status
 * of its response. Secrets and access tokens are masked.
 *
 * @param direction who called whom
 * @param at when it began
 * @param account the name of the account, {@code null} when the request has no valid
 * credentials
 * @param method the HTTP method, such as {@code POST}
 * @param path the path with its query
 * @param headers the headers of the request, whose names ignore case
 * @param body the body of the request, empty when there was none, and cut after 100,000
 * characters
 * @param status the HTTP status, 0 without a response
 * @param duration how long it took
 * @see K2Simulator#journal()
 */
public record Exchange(Direction direction, Instant at, @Nullable String account, String method, String path,
		Map<String, String> headers, String body, int status, Duration duration) {

	private static final int MAX_BODY = 100_000;

	/**
	 * Create an exchange.
	 */
	public Exchange {
		Map<String, String> copy = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
		copy.putAll(headers);
		headers = Collections.unmodifiableMap(copy);
		body = (body.length() > MAX_BODY) ? body.substring(0, MAX_BODY) : body;
	}

	@Override
	public String toString() {
		String message = Messages.name(this.body);
		return this.direction + " " + this.method + " " + this.path + (message.isEmpty() ? "" : " (" + message + ")")
				+ ((this.status != 0) ? " -> " + this.status : " -> no response");
	}

	/**
	 * Who called whom.
	 */
	public enum Direction {

		/**
		 * The application called the simulator.
		 */
		REQUEST,

		/**
		 * The simulator delivered a message to the application.
		 */
		DELIVERY

	}

}
