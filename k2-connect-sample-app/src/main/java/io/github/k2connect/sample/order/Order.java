package io.github.k2connect.sample.order;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * An order of one product, as the database knows it.
 *
 * @param id the order's id; whoever knows it may see the order, so it cannot be guessed
 * @param productId the product's id
 * @param amount the price at the time of the order
 * @param currency the currency of the amount
 * @param phoneNumber the phone that is asked for the payment
 * @param state how far the order has come
 * @param paymentLocation where Kopo Kopo keeps the payment, or {@code null} as long as
 * Kopo Kopo has not said so
 * @param mpesaReference the reference in the customer's M-PESA message, or {@code null}
 * if no money arrived
 * @param failureReason why the order was not paid, or {@code null} unless it failed
 * @param createdAt when the order was placed
 */
public record Order(String id, String productId, BigDecimal amount, String currency, String phoneNumber,
		OrderState state, @Nullable URI paymentLocation, @Nullable String mpesaReference,
		@Nullable FailureReason failureReason, Instant createdAt) {

	/**
	 * Make an order that nobody has been asked to pay yet.
	 * @param id the order's id
	 * @param productId the product's id
	 * @param amount the price
	 * @param currency the currency of the amount
	 * @param phoneNumber the phone to ask for the payment
	 * @return the order
	 */
	public static Order created(String id, String productId, BigDecimal amount, String currency, String phoneNumber) {
		return new Order(id, productId, amount, currency, phoneNumber, OrderState.CREATED, null, null, null,
				Instant.now());
	}

	/**
	 * Return what a page may show of the phone number.
	 * @return the last three digits
	 */
	public String phoneNumberEnding() {
		return this.phoneNumber.substring(Math.max(0, this.phoneNumber.length() - 3));
	}

}
