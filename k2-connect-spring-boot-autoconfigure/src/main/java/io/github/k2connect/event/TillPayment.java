package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;

import org.jspecify.annotations.Nullable;

/**
 * A message about a customer's payment to a till.
 * <p>
 * A {@code TillPayment} does not mean that money was received: the event of a reversed
 * payment is also a {@code TillPayment}, and so is the result of an STK push that is
 * pending or failed. Check the type of the event and its status.
 */
public sealed interface TillPayment
		permits StkPushResult, BuygoodsTransactionReceived, BuygoodsTransactionReversed, PolledTransaction {

	/**
	 * Return the transaction.
	 * @return the transaction, or {@code null} when Kopo Kopo sends none
	 */
	@Nullable TillTransaction transaction();

	/**
	 * Return the transaction's id.
	 * @return the id, or {@code null}
	 */
	default @Nullable String resourceId() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.resourceId() : null;
	}

	/**
	 * Return the M-PESA reference, as on the customer's confirmation.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String reference() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.reference() : null;
	}

	/**
	 * Return when the customer paid.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime originationTime() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.originationTime() : null;
	}

	/**
	 * Return the customer's phone number, which may be masked.
	 * @return the phone number, or {@code null}
	 */
	default @Nullable String senderPhoneNumber() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.senderPhoneNumber() : null;
	}

	/**
	 * Return the hash of the customer's phone number. It identifies a known customer even
	 * if the number is masked.
	 * @return the hash, or {@code null}
	 */
	default @Nullable String hashedSenderPhone() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.hashedSenderPhone() : null;
	}

	/**
	 * Return the amount.
	 * @return the amount, or {@code null}
	 */
	default @Nullable BigDecimal amount() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.amount() : null;
	}

	/**
	 * Return the currency, {@code KES}.
	 * @return the currency, or {@code null}
	 */
	default @Nullable String currency() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.currency() : null;
	}

	/**
	 * Return the till that was paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.tillNumber() : null;
	}

	/**
	 * Return where the payment came from, {@code Lipa Na M-PESA}.
	 * @return the system, or {@code null}
	 */
	default @Nullable String system() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.system() : null;
	}

	/**
	 * Return the customer's first name.
	 * @return the first name, or {@code null}
	 */
	default @Nullable String senderFirstName() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.senderFirstName() : null;
	}

	/**
	 * Return the customer's middle name.
	 * @return the middle name, or {@code null}
	 */
	default @Nullable String senderMiddleName() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.senderMiddleName() : null;
	}

	/**
	 * Return the customer's last name.
	 * @return the last name, or {@code null}
	 */
	default @Nullable String senderLastName() {
		TillTransaction transaction = transaction();
		return (transaction != null) ? transaction.senderLastName() : null;
	}

}
