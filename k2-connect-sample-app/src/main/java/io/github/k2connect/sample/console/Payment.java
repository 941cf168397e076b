package io.github.k2connect.sample.console;

import java.math.BigDecimal;
import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * A customer's payment to a till.
 *
 * @param reference the M-PESA reference
 * @param account the name of the account
 * @param amount the amount, or {@code null} if it is unknown
 * @param tillNumber the till, or {@code null} if it is unknown
 * @param paidAt when the customer paid
 * @param reversed whether it was given back
 * @param orderId the order that it pays, or {@code null}
 * @param orderState the state of that order, or {@code null}
 */
record Payment(String reference, String account, @Nullable BigDecimal amount, @Nullable String tillNumber,
		Instant paidAt, boolean reversed, @Nullable String orderId, @Nullable String orderState) {
}
