package io.github.k2connect.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * Event for a customer's payment that no message told of: the reconciliation found it by
 * polling. It is published once for each M-PESA reference. The message may still come
 * later, and is then published as always. So fulfil a payment by its reference.
 *
 * @param account the name of the Kopo Kopo account that was paid
 * @param payment the payment
 */
public record MissedTillPayment(String account, PolledTransaction payment) implements K2DetectedEvent, TillPayment {

	/**
	 * Create a new event, for {@link K2Event#DEFAULT_ACCOUNT} when no account is given.
	 * @throws NullPointerException if the payment has no reference
	 */
	public MissedTillPayment {
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
