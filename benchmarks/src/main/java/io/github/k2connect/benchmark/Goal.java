package io.github.k2connect.benchmark;

/**
 * The ratio to reach.
 *
 * @param limit the limit of the ratio
 * @param atMost whether the ratio must not be greater, otherwise it must not be less
 */
public record Goal(double limit, boolean atMost) {

	/**
	 * The ratio must not be greater: times, bytes.
	 * @param limit the limit
	 * @return the goal
	 */
	public static Goal atMost(double limit) {
		return new Goal(limit, true);
	}

	/**
	 * The ratio must not be less: requests a second.
	 * @param limit the limit
	 * @return the goal
	 */
	public static Goal atLeast(double limit) {
		return new Goal(limit, false);
	}

	boolean isReached(double ratio) {
		return this.atMost ? ratio <= this.limit : ratio >= this.limit;
	}

	@Override
	public String toString() {
		return (this.atMost ? "at most " : "at least ") + this.limit;
	}

}
