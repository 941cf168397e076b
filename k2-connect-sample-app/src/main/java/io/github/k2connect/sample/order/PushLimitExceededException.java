package io.github.k2connect.sample.order;

/**
 * Thrown when a phone was asked for payment as often as the shop allows. No order is
 * taken then.
 */
public class PushLimitExceededException extends RuntimeException {

	private final PushLimit limit;

	PushLimitExceededException(PushLimit limit) {
		super("The phone was asked for payment %d times within %s".formatted(limit.pushes(), limit.period()));
		this.limit = limit;
	}

	/**
	 * Return the limit that was reached.
	 * @return the limit
	 */
	public PushLimit limit() {
		return this.limit;
	}

}
