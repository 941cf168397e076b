package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message about a customer's payment by card: it was received, voided or reversed.
 * Later versions may have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface CardEvent extends K2Event
		permits CardTransactionReceived, CardTransactionVoided, CardTransactionReversed {

	/**
	 * Return the transaction.
	 * @return the transaction, or {@code null} when Kopo Kopo sends none
	 */
	@Nullable CardTransaction transaction();

	/**
	 * Return the transaction's id.
	 * @return the id, or {@code null}
	 */
	default @Nullable String resourceId() {
		return orNone().resourceId();
	}

	/**
	 * Return the reference of the payment.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String reference() {
		return orNone().reference();
	}

	/**
	 * Return when the customer paid.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime originationTime() {
		return orNone().originationTime();
	}

	/**
	 * Return the amount.
	 * @return the amount, or {@code null}
	 */
	default @Nullable BigDecimal amount() {
		return orNone().amount();
	}

	/**
	 * Return the currency, {@code KES}.
	 * @return the currency, or {@code null}
	 */
	default @Nullable String currency() {
		return orNone().currency();
	}

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	default @Nullable String status() {
		return orNone().status();
	}

	/**
	 * Return the till that was paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		return orNone().tillNumber();
	}

	/**
	 * Return the number of the customer's card, as Kopo Kopo shows it.
	 * @return the card number, or {@code null}
	 */
	default @Nullable String customerCcNumber() {
		return orNone().customerCcNumber();
	}

	private CardTransaction orNone() {
		return Objects.requireNonNullElse(transaction(), CardTransaction.NONE);
	}

}
