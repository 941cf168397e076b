package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.event.MissedTillPayment;
import io.github.k2connect.event.MissedTillReversal;
import io.github.k2connect.event.Outcome;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.KnownPayments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.core.log.LogFormatUtils;
import org.springframework.util.StringUtils;

/**
 * Comparison of polled transactions with the events that were handled, and those that
 * wait in the inbox.
 */
final class Comparison {

	private static final Log logger = LogFactory.getLog(Comparison.class);

	private static final String BUYGOODS = "buygoods";

	private static final String RECEIVED = "received";

	private static final String REVERSED = "reversed";

	/**
	 * How far the time of a transaction may be outside of the period that was polled.
	 */
	private static final Duration TOLERANCE = Duration.ofMinutes(1);

	private static final int MAX_LOGGED_LENGTH = 100;

	private static final int MAX_LOGGED_TYPES = 100;

	private final JdbcEventStore store;

	private final OwnEvents inbox;

	private final Set<String> loggedTypes = ConcurrentHashMap.newKeySet();

	/**
	 * Create a comparison.
	 * @param store remembers which events were handled
	 * @param inbox has the events that wait
	 */
	Comparison(JdbcEventStore store, OwnEvents inbox) {
		this.store = store;
		this.inbox = inbox;
	}

	/**
	 * Return the missing events.
	 * @param till the till
	 * @param polled the transactions of a poll
	 * @param period the period of the poll
	 * @param judged the time in which a payment must have been made to be judged
	 */
	List<K2DetectedEvent> missing(Till till, List<PolledTransaction> polled, Period period, Period judged) {
		Map<String, PolledTransaction> payments = payments(till, polled, period, judged);
		KnownPayments handled = this.store.knownPayments(till.account(), payments.keySet());
		payments.entrySet().removeIf((entry) -> isExplained(entry.getValue(), handled, entry.getKey()));
		if (payments.isEmpty()) {
			return List.of();
		}
		// In this order an event is found that is handled in between.
		KnownPayments waiting = this.inbox.waitingPayments(till.account(), payments.keySet());
		KnownPayments handledNow = this.store.knownPayments(till.account(), payments.keySet());
		Predicate<String> known = (reference) -> waiting.include(reference) || handledNow.include(reference);
		Predicate<String> reversed = (reference) -> waiting.includeReversal(reference)
				|| handledNow.includeReversal(reference);
		payments.entrySet()
			.removeIf((entry) -> isReversed(entry.getValue())
					? !known.test(entry.getKey()) || reversed.test(entry.getKey()) : known.test(entry.getKey()));
		removeWithOtherStatus(till, payments);
		warnOfWrongTimes(till, payments, period);
		return payments.values().stream().map((payment) -> missed(till.account(), payment)).toList();
	}

	private static K2DetectedEvent missed(String account, PolledTransaction payment) {
		return isReversed(payment) ? new MissedTillReversal(account, payment) : new MissedTillPayment(account, payment);
	}

	/**
	 * Return whether handled events explain a payment without a look into the inbox. A
	 * reversed payment whose payment is not known is looked for there.
	 */
	private static boolean isExplained(PolledTransaction payment, KnownPayments handled, String reference) {
		return isReversed(payment) ? handled.includeReversal(reference) : handled.include(reference);
	}

	/**
	 * Return the payments by customers, by their references. Of transactions with the
	 * same reference the reversed one counts, or else the one that was received.
	 */
	private Map<String, PolledTransaction> payments(Till till, List<PolledTransaction> polled, Period period,
			Period judged) {
		Map<String, PolledTransaction> payments = new LinkedHashMap<>();
		int withoutReference = 0;
		for (PolledTransaction transaction : polled) {
			if (!isBuygoods(transaction.type())) {
				logOnce(transaction.type());
			}
			else if (!StringUtils.hasText(transaction.reference())) {
				withoutReference++;
			}
			else if (isWrong(transaction, period) ? period.from().isBefore(judged.to())
					: isIn(judged, transaction.originationTime())) {
				payments.merge(KnownPayments.normalize(transaction.reference()), transaction,
						(one, other) -> (rank(other) > rank(one)) ? other : one);
			}
		}
		if (withoutReference > 0) {
			logger.warn(withoutReference + " transactions of " + till
					+ " have no M-PESA reference, so they cannot be compared. Look at Kopo Kopo's dashboard");
		}
		return payments;
	}

	/**
	 * Return whether Kopo Kopo states a time by which it cannot have found the
	 * transaction, for example that of Nairobi as UTC.
	 */
	private static boolean isWrong(PolledTransaction transaction, Period period) {
		return !isIn(new Period(period.from().minus(TOLERANCE), period.to().plus(TOLERANCE)),
				transaction.originationTime());
	}

	private static boolean isIn(Period judged, @Nullable OffsetDateTime time) {
		return time == null || !(time.toInstant().isBefore(judged.from()) || time.toInstant().isAfter(judged.to()));
	}

	private static boolean isBuygoods(@Nullable String type) {
		return type != null && type.strip().toLowerCase(Locale.ROOT).startsWith(BUYGOODS);
	}

	private static int rank(PolledTransaction payment) {
		return isReversed(payment) ? 2 : isReceived(payment) ? 1 : 0;
	}

	private static boolean isReversed(PolledTransaction payment) {
		return hasStatus(payment, REVERSED);
	}

	private static boolean isReceived(PolledTransaction payment) {
		return hasStatus(payment, RECEIVED) || Outcome.of(payment.status()) == Outcome.SUCCESSFUL;
	}

	private static boolean hasStatus(PolledTransaction payment, String status) {
		return payment.status() != null && payment.status().strip().equalsIgnoreCase(status);
	}

	private static void removeWithOtherStatus(Till till, Map<String, PolledTransaction> payments) {
		List<PolledTransaction> others = payments.values().stream().filter((payment) -> rank(payment) == 0).toList();
		if (payments.values().removeAll(others)) {
			PolledTransaction first = others.get(0);
			logger
				.warn(others.size() + " transactions of " + till + " are neither received nor reversed, and no message"
						+ " told of them, for example " + quoted(first.reference()) + " with status "
						+ quoted(first.status()) + ". They are not published. Look at Kopo Kopo's dashboard");
		}
	}

	private static void warnOfWrongTimes(Till till, Map<String, PolledTransaction> payments, Period period) {
		long wrong = payments.values().stream().filter((payment) -> isWrong(payment, period)).count();
		if (wrong > 0) {
			logger.warn(wrong + " missed payments of " + till + " have a time outside of the poll from " + period
					+ ". They are published with the time that Kopo Kopo states");
		}
	}

	private static String quoted(@Nullable String text) {
		return LogFormatUtils.formatValue(text, MAX_LOGGED_LENGTH, true);
	}

	private void logOnce(@Nullable String type) {
		String name = quoted(type);
		if (this.loggedTypes.size() < MAX_LOGGED_TYPES && this.loggedTypes.add(name)) {
			logger.info("Transactions of type " + name + " are not reconciled, only Buygoods transactions are");
		}
	}

}
