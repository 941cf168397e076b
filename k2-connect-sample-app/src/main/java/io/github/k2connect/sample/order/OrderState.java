package io.github.k2connect.sample.order;

/**
 * The state of an order.
 */
public enum OrderState {

	/**
	 * The order is stored, and the request for the payment is not sent yet, or it is
	 * unknown whether Kopo Kopo received it.
	 */
	CREATED,

	/**
	 * Kopo Kopo accepted the request, and the customer has to confirm on the phone.
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
	 * The money does not match the order, or was given back. A person has to decide.
	 */
	NEEDS_REVIEW;

	/**
	 * Return whether the outcome of the payment is still unknown.
	 * @return {@code true} if a result is expected
	 */
	public boolean isOpen() {
		return this == CREATED || this == AWAITING_PAYMENT;
	}

	/**
	 * Return whether the order can be paid with the code of a payment to the till.
	 * @return {@code true} unless it is paid or needs a review
	 */
	public boolean isPayableByCode() {
		return isOpen() || this == FAILED;
	}

}
