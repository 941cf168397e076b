package io.github.k2connect.reconciliation;

/**
 * The meter of what no message told of.
 */
@FunctionalInterface
interface MissedMeter {

	/**
	 * Count what was found.
	 * @param account the name of the account
	 * @param kind the kind of the event
	 * @param count how many were found
	 */
	void missed(String account, String kind, int count);

}
