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
	 * The customer entered a wrong PIN.
	 */
	WRONG_PIN,

	/**
	 * The phone was off, out of reach, or not answered in time.
	 */
	NO_ANSWER,

	/**
	 * Another transaction of the customer was in process, or M-PESA was busy.
	 */
	BUSY,

	/**
	 * M-PESA gave another reason, or none.
	 */
	DECLINED,

	/**
	 * Kopo Kopo did not take the request, so that the phone was never asked.
	 */
	NOT_ASKED

}
