package io.github.k2connect.sample.shop;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;

import io.github.k2connect.event.StkFailureReason;
import io.github.k2connect.event.TillTransactionDetails;
import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * An order of one product, as stored in the database.
 *
 * @param id the order's id, which cannot be guessed: everybody who knows it may see the
 * order
 * @param productId the product's id
 * @param amount the price at the time of the order, in Kenyan shillings
 * @param phoneNumber the phone number of the customer
 * @param state the state of the order
 * @param mpesaReference the reference in the customer's M-PESA message, or {@code null}
 * if no money was seen
 * @param failureReason why the customer did not pay, or {@code null} if the order did not
 * fail, or the customer was not asked
 * @param createdAt when the order was placed
 */
record Order(String id, String productId, BigDecimal amount, String phoneNumber, State state,
		@Nullable String mpesaReference, @Nullable StkFailureReason failureReason, Instant createdAt) {

	/**
	 * How long M-PESA waits for the PIN.
	 */
	private static final Duration TIME_TO_ANSWER = Duration.ofMinutes(1);

	/**
	 * Return whether a payment is complete and has the amount of this order.
	 * @param payment the payment
	 * @return {@code false} if a person has to look at it
	 */
	boolean isPaidBy(TillTransactionDetails payment) {
		return StringUtils.hasText(payment.reference()) && "KES".equals(payment.currency()) && payment.amount() != null
				&& this.amount.compareTo(payment.amount()) == 0;
	}

	/**
	 * Return how long M-PESA still waits for the PIN.
	 * @return the seconds, at least 0
	 */
	public long secondsLeft() {
		return Math.max(0, Duration.between(Instant.now(), this.createdAt.plus(TIME_TO_ANSWER)).toSeconds());
	}

	/**
	 * Return the part of the phone number that a page may show.
	 * @return the last three digits
	 */
	public String phoneNumberEnding() {
		return this.phoneNumber.substring(this.phoneNumber.length() - 3);
	}

	/**
	 * The state of an order.
	 */
	enum State {

		/**
		 * The payment is not requested yet, or it is unknown whether Kopo Kopo received
		 * the request.
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
		 * The money does not match the order, was given back, or may have moved. A person
		 * has to decide.
		 */
		NEEDS_REVIEW;

		/**
		 * Return whether the outcome of the payment is still unknown.
		 * @return {@code true} if a result is expected
		 */
		public boolean isOpen() {
			return this == CREATED || this == AWAITING_PAYMENT;
		}

	}

}
