package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A message about a payment from another till to a till of the merchant: it was received,
 * or reversed. Later versions may have more subtypes: give a {@code switch} a default
 * branch.
 */
public sealed interface B2bEvent extends K2Event permits B2bTransactionReceived, B2bTransactionReversed {

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
		return orNone().resourceId();
	}

	/**
	 * Return the M-PESA reference of the payment.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String reference() {
		return orNone().reference();
	}

	/**
	 * Return when the payment was made.
	 * @return the time with its original offset, or {@code null}
	 */
	default @Nullable OffsetDateTime originationTime() {
		return orNone().originationTime();
	}

	/**
	 * Return the till that paid.
	 * @return the till number, or {@code null}
	 */
	default @Nullable String sendingTill() {
		return orNone().sendingTill();
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
	 * Return the transaction's status.
	 * @return the status, or {@code null}
	 */
	default @Nullable String status() {
		return orNone().status();
	}

	private B2bTransaction orNone() {
		return Objects.requireNonNullElse(transaction(), B2bTransaction.NONE);
	}

}
