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
public record MissedTillReversal(String account, PolledTransaction payment) implements TillPayment {

	/**
	 * Create a new event, for {@link K2Event#DEFAULT_ACCOUNT} when no account is given.
	 */
	public MissedTillReversal {
		account = Objects.requireNonNullElse(account, K2Event.DEFAULT_ACCOUNT);
	}

	@Override
	public @Nullable TillTransaction transaction() {
		return this.payment.transaction();
	}

}
