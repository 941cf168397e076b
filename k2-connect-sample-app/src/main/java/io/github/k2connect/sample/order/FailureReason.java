package io.github.k2connect.sample.order;

/**
 * Why an order was not paid. What a customer reads about each is in
 * {@code messages.properties}.
 */
public enum FailureReason {

	/**
	 * The customer's M-PESA balance is too small.
	 */
	INSUFFICIENT_BALANCE,

	/**
	 * The customer declined on the phone.
	 */
	CANCELLED,

	/**
	 * The phone was off, out of reach, or not answered in time.
	 */
	NO_ANSWER,

	/**
	 * M-PESA gave another reason, or none.
	 */
	DECLINED,

	/**
	 * Kopo Kopo did not take the request, so that the phone was never asked.
	 */
	NOT_ASKED

}
