package io.github.k2connect.sample.order;

/**
 * How far an order has come.
 */
public enum OrderState {

	/**
	 * Written before Kopo Kopo is asked for the payment. An order stays here while it is
	 * not known whether the customer's phone was asked.
	 */
	CREATED,

	/**
	 * Kopo Kopo accepted the request; the customer has to answer on the phone.
	 */
	AWAITING_PAYMENT,

	/**
	 * The money arrived.
	 */
	PAID,

	/**
	 * No money arrived, and none is expected.
	 */
	FAILED,

	/**
	 * Money arrived that does not fit the order; a person has to look.
	 */
	NEEDS_REVIEW;

	/**
	 * Return whether the payment's outcome is still to come.
	 * @return {@code false} for a state that does not change by itself
	 */
	public boolean isOpen() {
		return this == CREATED || this == AWAITING_PAYMENT;
	}

	/**
	 * Return whether the order can be paid with the code of a payment to the till.
	 * @return {@code true} unless it is paid or a person is looking into it
	 */
	public boolean isPayableByCode() {
		return isOpen() || this == FAILED;
	}

}
