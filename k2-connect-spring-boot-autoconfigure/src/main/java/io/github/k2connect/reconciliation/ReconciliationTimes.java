package io.github.k2connect.reconciliation;

import java.time.Duration;

/**
 * The times of the reconciliation.
 *
 * @param interval the time between two looks
 * @param grace the age below which a transaction is left for the next look
 * @param lookBack how far a look goes back, at most
 */
record ReconciliationTimes(Duration interval, Duration grace, Duration lookBack) {

	/**
	 * How much of the last look is looked at again, for what Kopo Kopo adds late.
	 */
	static final Duration OVERLAP = Duration.ofHours(1);

	/**
	 * How long a poll may be pending before it is started anew.
	 */
	static final Duration MAX_PENDING = Duration.ofMinutes(10);

	/**
	 * The delay after the first failure of a poll.
	 */
	static final Duration FIRST_RETRY = Duration.ofSeconds(10);

	/**
	 * The longest delay after a failure.
	 */
	static final Duration LONGEST_RETRY = Duration.ofMinutes(15);

}
