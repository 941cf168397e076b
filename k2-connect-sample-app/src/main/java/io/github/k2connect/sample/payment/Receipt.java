package io.github.k2connect.sample.payment;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import io.github.k2connect.sample.order.Order;
import org.jspecify.annotations.Nullable;

/**
 * Money that a customer paid to the till, as the database knows it.
 *
 * @param reference the reference in the customer's M-PESA message; each is there once
 * @param amount the amount, or {@code null} if Kopo Kopo did not say
 * @param currency the currency, or {@code null} if Kopo Kopo did not say
 * @param phoneHash the hash of the phone number that paid, or {@code null} if Kopo Kopo
 * did not say
 * @param paidAt when the customer paid, or {@code null} if Kopo Kopo did not say
 * @param orderId the order that is paid with it, or {@code null} while it waits to be
 * matched
 * @param reversed whether the money was given back
 */
public record Receipt(String reference, @Nullable BigDecimal amount, @Nullable String currency,
		@Nullable String phoneHash, @Nullable OffsetDateTime paidAt, @Nullable String orderId, boolean reversed) {

	boolean isWaiting() {
		return this.orderId == null && !this.reversed;
	}

	boolean pays(Order order) {
		return this.amount != null && order.amount().compareTo(this.amount) == 0
				&& order.currency().equals(this.currency);
	}

}
