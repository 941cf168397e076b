package io.github.k2connect.test;

/**
 * Phone numbers that decide how a simulated STK push ends, in whatever form they are
 * written. Every other number ends in success.
 */
public final class SimulatedPhoneNumber {

	/**
	 * Number of a customer who pays, for readers of a test: any ordinary number does the
	 * same.
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
	 * Number of a customer of whom nothing is ever heard: the push stays pending and no
	 * result is posted.
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
	 * Number of a customer who does not answer in time: the push fails. Of
	 * {@link #NEVER_ANSWERS} no result comes at all.
	 */
	public static final String EXPIRES = "+254700000006";

	/**
	 * Number of a customer for whom M-PESA is busy with another transaction: the push
	 * fails.
	 */
	public static final String BUSY = "+254700000007";

	/**
	 * Number of a push that fails for a reason that is not known.
	 */
	public static final String FAILS = "+254700000008";

	private SimulatedPhoneNumber() {
	}

}
