package io.github.k2connect.sample.order;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An order of one product, as stored in the database.
 *
 * @param id the order's id, which cannot be guessed: everybody who knows it may see the
 * order
 * @param productId the product's id
 * @param amount the price at the time of the order
 * @param currency the currency of the amount
 * @param phoneNumber the phone number of the customer
 * @param state the state of the order
 * @param paymentId the payment's id at Kopo Kopo, or {@code null} while it is unknown
 * @param mpesaReference the reference in the customer's M-PESA message, or {@code null}
 * if there is none
 * @param failureReason why the order was not paid, or {@code null} if it did not fail
 * @param createdAt when the order was placed
 */
public record Order(String id, String productId, BigDecimal amount, String currency, String phoneNumber,
		OrderState state, @Nullable String paymentId, @Nullable String mpesaReference,
		@Nullable FailureReason failureReason, Instant createdAt) {

	/**
	 * Create an order before its payment is requested.
	 * @param id the order's id
	 * @param productId the product's id
	 * @param amount the price
	 * @param currency the currency of the amount
	 * @param phoneNumber the phone number of the customer
	 * @return the order
	 */
	public static Order created(String id, String productId, BigDecimal amount, String currency, String phoneNumber) {
		return new Order(id, productId, amount, currency, phoneNumber, OrderState.CREATED, null, null, null,
				Instant.now());
	}

	/**
	 * Return the part of the phone number that a page may show.
	 * @return the last three digits
	 */
	public String phoneNumberEnding() {
		return this.phoneNumber.substring(Math.max(0, this.phoneNumber.length() - 3));
	}

}
