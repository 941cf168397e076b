package io.github.k2connect.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Event for the reversal of a customer's payment that no message told of: the
 * reconciliation found it by polling. It is published once for each M-PESA reference, and
 * only for a payment that the application knows.
 *
 * @param account the name of the Kopo Kopo account that was paid
 * @param payment the reversed payment
 */
public record MissedTillReversal(String account, PolledTransaction payment) implements K2DetectedEvent, TillReversal {

	/**
	 * Create a new event, for {@link K2Event#DEFAULT_ACCOUNT} when no account is given.
	 * @throws NullPointerException if the payment has no reference
	 */
	public MissedTillReversal {
		account = Objects.requireNonNullElse(account, DEFAULT_ACCOUNT);
		Objects.requireNonNull(payment.reference(), "The payment has no reference");
	}

	/**
	 * Return the M-PESA reference of the payment.
	 */
	@Override
	public String id() {
		return Objects.requireNonNull(reference());
	}

	@Override
	public @Nullable TillTransaction transaction() {
		return this.payment.transaction();
	}

}
