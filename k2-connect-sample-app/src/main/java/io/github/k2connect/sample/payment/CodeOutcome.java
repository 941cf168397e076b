package io.github.k2connect.sample.payment;

/**
 * What came of an M-PESA code that was entered for an order. What a customer reads about
 * each is in {@code messages.properties}.
 */
public enum CodeOutcome {

	/**
	 * The order is paid with it.
	 */
	PAID,

	/**
	 * It cannot be a code.
	 */
	UNREADABLE,

	/**
	 * No payment with this code is known, or none that is still there.
	 */
	UNKNOWN,

	/**
	 * The payment with this code pays another order.
	 */
	USED,

	/**
	 * The payment with this code is of another amount.
	 */
	OTHER_AMOUNT,

	/**
	 * The order was paid with another payment, or a person is looking into it.
	 */
	CLOSED

}
