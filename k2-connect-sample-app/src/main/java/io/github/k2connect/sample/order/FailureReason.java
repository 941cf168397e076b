package io.github.k2connect.sample.order;

/**
 * The reason why an order was not paid. The texts for customers are in
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
	 * The phone was off or out of reach, or the customer did not respond in time.
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
	 * Kopo Kopo rejected the request, so the customer was not asked to pay.
	 */
	NOT_ASKED

}
