package io.github.k2connect.test;

/**
 * Phone numbers that determine the outcome of a simulated STK push, in any format. All
 * other numbers lead to success.
 */
public final class SimulatedPhoneNumber {

	/**
	 * Number of a customer who pays. Any other ordinary number does the same.
	 */
	public static final String PAYS = "+254700000000";

	/**
	 * Number of a customer whose balance is too low: the push fails.
	 */
	public static final String INSUFFICIENT_BALANCE = "+254700000001";

	/**
	 * Number of a customer who cancels the push on the phone: the push fails.
	 */
	public static final String CANCELS = "+254700000002";

	/**
	 * Number of a customer who never responds: the push stays pending and no result is
	 * posted.
	 */
	public static final String NEVER_ANSWERS = "+254700000003";

	/**
	 * Number of a customer who enters a wrong PIN: the push fails.
	 */
	public static final String WRONG_PIN = "+254700000004";

	/**
	 * Number of a phone that is off or has no network: the push fails.
	 */
	public static final String UNREACHABLE = "+254700000005";

	/**
	 * Number of a customer who does not respond in time: the push fails.
	 * {@link #NEVER_ANSWERS} leads to no result at all.
	 */
	public static final String EXPIRES = "+254700000006";

	/**
	 * Number of a customer for whom M-PESA is busy with another transaction: the push
	 * fails.
	 */
	public static final String BUSY = "+254700000007";

	/**
	 * Number of a push that fails for an unknown reason.
	 */
	public static final String FAILS = "+254700000008";

	private SimulatedPhoneNumber() {
	}

}
