package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * The details of a transaction of a till. They do not tell whether money was received: a
 * {@link TillPayment} means that, and a {@link TillReversal} means that it went back. The
 * result of an STK push, and a transaction of a poll, have an outcome to check. Later
 * versions may have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface TillTransactionDetails permits TillPayment, TillReversal, StkPushResult, PolledTransaction {

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
		return orNone().resourceId();
	}

	/**
	 * Return the M-PESA reference, as on the customer's confirmation.
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
	 * Return the customer's phone number, which may be masked.
	 * @return the phone number, or {@code null}
	 */
	default @Nullable String senderPhoneNumber() {
		return orNone().senderPhoneNumber();
	}

	/**
	 * Return the hash of the customer's phone number. It identifies a known customer even
	 * if the number is masked.
	 * @return the hash, or {@code null}
	 */
	default @Nullable String hashedSenderPhone() {
		return orNone().hashedSenderPhone();
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
	 * Return the till that was paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		return orNone().tillNumber();
	}

	/**
	 * Return where the payment came from, {@code Lipa Na M-PESA}.
	 * @return the system, or {@code null}
	 */
	default @Nullable String system() {
		return orNone().system();
	}

	/**
	 * Return the customer's first name.
	 * @return the first name, or {@code null}
	 */
	default @Nullable String senderFirstName() {
		return orNone().senderFirstName();
	}

	/**
	 * Return the customer's middle name.
	 * @return the middle name, or {@code null}
	 */
	default @Nullable String senderMiddleName() {
		return orNone().senderMiddleName();
	}

	/**
	 * Return the customer's last name.
	 * @return the last name, or {@code null}
	 */
	default @Nullable String senderLastName() {
		return orNone().senderLastName();
	}

	private TillTransaction orNone() {
		return Objects.requireNonNullElse(transaction(), TillTransaction.NONE);
	}

}
