package io.github.k2connect.webhook.store;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;

import io.github.k2connect.AccountName;
import io.github.k2connect.Sha256;
import io.github.k2connect.event.DarajaTransaction;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PaymentLinkResult;
import io.github.k2connect.event.ReversalResult;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.TillTransactionDetails;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.jspecify.annotations.Nullable;

/**
 * The M-PESA reference of a customer's payment.
 */
final class PaymentReference {

	/**
	 * The topics and types of events that always have a reference, unless they are about
	 * a payment that failed.
	 */
	static final List<String> KINDS = List.of("buygoods_transaction_received", "buygoods_transaction_reversed",
			"incoming_payment", DarajaTransaction.TOPIC);

	/**
	 * The kinds of events that say that a payment was reversed.
	 */
	private static final Set<String> REVERSALS = Set.of("buygoods_transaction_reversed", "reversal",
			KnownPayments.MISSED_REVERSAL);

	private static final Pattern PLAIN = Pattern.compile("[A-Z0-9]{1,40}");

	private PaymentReference() {
	}

	/**
	 * Return the reference of the payment that an event is about. A push that has not
	 * succeeded has none, even if its result has one. An unreadable event has none
	 * either.
	 * @return the reference, empty if it has none, or {@code null} if it is about no
	 * customer's payment
	 */
	static @Nullable String of(K2Event event) {
		if (event instanceof StkPushResult push && !push.isSuccessful()) {
			return "";
		}
		if (event instanceof TillTransactionDetails payment) {
			return Objects.requireNonNullElse(payment.reference(), "");
		}
		if (event instanceof ReversalResult reversal && reversal.isSuccessful()) {
			return reversal.transactionReference();
		}
		if (event instanceof PaymentLinkResult link && link.isSuccessful() && link.paymentLink() != null) {
			return link.paymentLink().transactionReference();
		}
		if (event instanceof UnrecognizedK2Event) {
			return "";
		}
		return (event instanceof DarajaTransaction) ? event.id() : null;
	}

	/**
	 * Return whether an event of a kind says that a payment was reversed.
	 */
	static boolean isReversal(String kind) {
		return REVERSALS.contains(kind);
	}

	/**
	 * Return the reference as it is stored. No two accounts have the same. It is short
	 * and plain, whatever the database does with case, accents and long texts.
	 * @return the value of the column, at most 110 characters, empty for an empty
	 * reference, or {@code null}
	 */
	static @Nullable String column(String account, @Nullable String reference) {
		String normalized = (reference != null) ? KnownPayments.normalize(reference) : null;
		if (normalized == null || normalized.isEmpty()) {
			return normalized;
		}
		String plain = PLAIN.matcher(normalized).matches() ? normalized
				: "#" + Sha256.hex(normalized.getBytes(StandardCharsets.UTF_8));
		return account.equals(AccountName.DEFAULT) ? plain : account + ":" + plain;
	}

}
