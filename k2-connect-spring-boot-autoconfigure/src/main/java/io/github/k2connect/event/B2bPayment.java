package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A message about a payment from another till to a till of the merchant.
 * <p>
 * A {@code B2bPayment} does not mean that money was received: a reversed payment is also
 * a {@code B2bPayment}.
 */
public sealed interface B2bPayment permits B2bTransactionReceived, B2bTransactionReversed {

	/**
	 * Return the transaction.
	 * @return the transaction, or {@code null} when Kopo Kopo sends none
	 */
	@Nullable B2bTransaction transaction();

	/**
	 * Return the transaction's id.
	 * @return the id, or {@code null}
	 */
	default @Nullable String resourceId() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.resourceId() : null;
	}

	/**
	 * Return the M-PESA reference of the payment.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String reference() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.reference() : null;
	}

	/**
	 * Return when the payment was made.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime originationTime() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.originationTime() : null;
	}

	/**
	 * Return the till that paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String sendingTill() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.sendingTill() : null;
	}

	/**
	 * Return the amount.
	 * @return the amount, or {@code null}
	 */
	default @Nullable BigDecimal amount() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.amount() : null;
	}

	/**
	 * Return the currency, {@code KES}.
	 * @return the currency, or {@code null}
	 */
	default @Nullable String currency() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.currency() : null;
	}

	/**
	 * Return the till that was paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.tillNumber() : null;
	}

	/**
	 * Return where the payment came from, {@code Lipa Na M-PESA}.
	 * @return the system, or {@code null}
	 */
	default @Nullable String system() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.system() : null;
	}

	/**
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	default @Nullable String status() {
		B2bTransaction transaction = transaction();
		return (transaction != null) ? transaction.status() : null;
	}

}
