package io.github.k2connect;

import java.time.Instant;

/**
 * Thrown when a request has the idempotency key of an earlier request that has no known
 * outcome: it is being sent, its connection was cut off, or its instance has died.
 * Nothing was sent.
 * <p>
 * The exception is thrown until the earlier request returns its location or fails without
 * effect, until the application or a person calls {@link K2IdempotencyKeys#resolve} or
 * {@link K2IdempotencyKeys#release}, or until the key is forgotten.
 */
public class K2DuplicateRequestException extends K2Exception {

	private final String idempotencyKey;

	private final Instant startedAt;

	/**
	 * Create the exception, for example to stub a service in a test.
	 * @param idempotencyKey the key
	 * @param startedAt when the earlier request was started
	 */
	public K2DuplicateRequestException(String idempotencyKey, Instant startedAt) {
		super("The request was not sent: a request with its idempotency key was started at " + startedAt
				+ " and has no known outcome", null);
		this.idempotencyKey = idempotencyKey;
		this.startedAt = startedAt;
	}

	/**
	 * Return {@code true}: nothing was sent now, but the earlier request may have taken
	 * effect.
	 */
	@Override
	public boolean outcomeUnknown() {
		return true;
	}

	/**
	 * Return the key of both requests.
	 * @return the idempotency key
	 */
	public String idempotencyKey() {
		return this.idempotencyKey;
	}

	/**
	 * Return when the earlier request was started.
	 * @return the time of the database
	 */
	public Instant startedAt() {
		return this.startedAt;
	}

}
