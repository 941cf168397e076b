package io.github.k2connect.webhook.store;

import java.nio.charset.StandardCharsets;
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
import org.jspecify.annotations.Nullable;

/**
 * The M-PESA reference of a customer's payment.
 */
final class PaymentReference {

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
	 * succeeded has none, even if its result has one.
	 * @return the reference, or {@code null} if it has none
	 */
	static @Nullable String of(K2Event event) {
		if (event instanceof StkPushResult push && !push.isSuccessful()) {
			return null;
		}
		if (event instanceof TillTransactionDetails payment) {
			return payment.reference();
		}
		if (event instanceof ReversalResult reversal && reversal.isSuccessful()) {
			return reversal.transactionReference();
		}
		if (event instanceof PaymentLinkResult link && link.isSuccessful() && link.paymentLink() != null) {
			return link.paymentLink().transactionReference();
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
