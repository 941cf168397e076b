package io.github.k2connect.webhook.store;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The payments of an account that events are about.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class KnownPayments {

	/**
	 * The kind of the event for a payment that no message told of.
	 */
	public static final String MISSED_PAYMENT = "missed_till_payment";

	/**
	 * The kind of the event for a reversal that no message told of.
	 */
	public static final String MISSED_REVERSAL = "missed_till_reversal";

	/**
	 * The kinds of the events that reconciliation creates.
	 */
	public static final List<String> MISSED_KINDS = List.of(MISSED_PAYMENT, MISSED_REVERSAL);

	private final Set<String> references = new HashSet<>();

	private final Set<String> reversed = new HashSet<>();

	/**
	 * Return the kind of the event that is superfluous when an event of another kind has
	 * been dealt with.
	 * @param kind the topic or type of the other event
	 * @return one of {@link #MISSED_KINDS}
	 */
	public static String missedKind(String kind) {
		return PaymentReference.isReversal(kind) ? MISSED_REVERSAL : MISSED_PAYMENT;
	}

	/**
	 * Return the form in which references are compared.
	 * @param reference the reference as received
	 * @return the reference in upper case, without spaces around it
	 */
	public static String normalize(String reference) {
		return reference.strip().toUpperCase(Locale.ROOT);
	}

	/**
	 * Return the reference of an event as it is stored in a column.
	 * @param identity the identity of the event
	 * @return the value of the column, at most 110 characters, or {@code null}
	 */
	public static @Nullable String column(EventIdentity identity) {
		return PaymentReference.column(identity.account(), identity.reference());
	}

	/**
	 * Return references by their values in a column.
	 * @param account the name of the account
	 * @param references the normalized references
	 * @return the references
	 */
	public static Map<String, String> columns(String account, Collection<String> references) {
		Map<String, String> columns = new HashMap<>();
		references.forEach((reference) -> columns.put(PaymentReference.column(account, reference), reference));
		return columns;
	}

	/**
	 * Add an event.
	 * @param reference the normalized reference of the payment
	 * @param kind the topic or type of the event
	 */
	public void add(String reference, String kind) {
		this.references.add(reference);
		if (PaymentReference.isReversal(kind)) {
			this.reversed.add(reference);
		}
	}

	/**
	 * Return whether an event is about a payment.
	 * @param reference the normalized reference
	 * @return {@code true} if the payment is known
	 */
	public boolean include(String reference) {
		return this.references.contains(reference);
	}

	/**
	 * Return whether an event says that a payment was reversed.
	 * @param reference the normalized reference
	 * @return {@code true} if the reversal is known
	 */
	public boolean includeReversal(String reference) {
		return this.reversed.contains(reference);
	}

}
