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

	private SimulatedPhoneNumber() {
	}

}
