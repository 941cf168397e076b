package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A message about a customer's payment by card.
 * <p>
 * A {@code CardPayment} does not mean that money was received: a voided or reversed
 * payment is also a {@code CardPayment}.
 */
public sealed interface CardPayment permits CardTransactionReceived, CardTransactionVoided, CardTransactionReversed {

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
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.resourceId() : null;
	}

	/**
	 * Return the reference of the payment.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String reference() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.reference() : null;
	}

	/**
	 * Return when the customer paid.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime originationTime() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.originationTime() : null;
	}

	/**
	 * Return the amount.
	 * @return the amount, or {@code null}
	 */
	default @Nullable BigDecimal amount() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.amount() : null;
	}

	/**
	 * Return the currency, {@code KES}.
	 * @return the currency, or {@code null}
	 */
	default @Nullable String currency() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.currency() : null;
	}

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	default @Nullable String status() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.status() : null;
	}

	/**
	 * Return the till that was paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.tillNumber() : null;
	}

	/**
	 * Return the number of the customer's card, as Kopo Kopo shows it.
	 * @return the card number, or {@code null}
	 */
	default @Nullable String customerCcNumber() {
		CardTransaction transaction = transaction();
		return (transaction != null) ? transaction.customerCcNumber() : null;
	}

}
