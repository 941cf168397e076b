package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.github.k2connect.event.K2DetectedEvent;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.store.KnownPayments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;

import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataIntegrityViolationException;

/**
 * The events in the inbox that k2-connect creates itself. The inbox handles them like
 * messages, in direct mode too.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class OwnEvents {

	/**
	 * The kind of the event for a request without a result.
	 */
	public static final String UNRESOLVED_REQUEST = "unresolved_request";

	private static final Log logger = LogFactory.getLog(OwnEvents.class);

	private static final int KEYS = 300;

	private static final int MAX_ATTEMPTS = 3;

	private final InboxTable table;

	private final Clock clock;

	/**
	 * Create the events.
	 * @param table the table of the inbox
	 * @param clock the clock for the time of receipt
	 */
	OwnEvents(InboxTable table, Clock clock) {
		this.table = table;
		this.clock = clock;
	}

	/**
	 * Return the payments that waiting and parked events are about.
	 * @param account the name of the account
	 * @param references the normalized references of the payments to look for
	 * @return the payments that are found
	 */
	public KnownPayments waitingPayments(String account, Collection<String> references) {
		KnownPayments known = new KnownPayments();
		Map<String, String> columns = KnownPayments.columns(account, references);
		List<String> keys = List.copyOf(columns.keySet());
		for (int start = 0; start < keys.size(); start += KEYS) {
			this.table.about(keys.subList(start, Math.min(keys.size(), start + KEYS)))
				.forEach((row) -> known.add(columns.getOrDefault(row.reference(), ""), kind(row)));
		}
		return known;
	}

	private static String kind(Row row) {
		try {
			return StoredEvent.read(row.data()).kind();
		}
		catch (UnreadableJsonException ex) {
			logger.debug("A stored event is unreadable", ex);
			return "unknown";
		}
	}

	/**
	 * Return the kind of an event.
	 * @param event the event
	 * @return the kind, as in the inbox and in metrics
	 */
	public static String kind(K2DetectedEvent event) {
		return OwnEvent.of(event).kind();
	}

	/**
	 * Store events, unless they are stored already, and make another change of the table
	 * of tasks in the same transaction.
	 * @param events the events
	 * @param change the other change
	 */
	public void store(Collection<? extends K2DetectedEvent> events, Runnable change) {
		Instant now = this.clock.instant();
		Map<String, NewRow> rows = new HashMap<>();
		events.stream()
			.map(OwnEvent::of)
			.forEach((event) -> rows.put(event.identity().key(), InboxTable.row(event, StoredEvent.of(event, now))));
		for (int attempt = 1;; attempt++) {
			removeExisting(rows);
			try {
				this.table.insert(List.copyOf(rows.values()), change);
				return;
			}
			catch (DataIntegrityViolationException | ConcurrencyFailureException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
				logger.debug("Another instance may have stored one of the events", ex);
			}
		}
	}

	private void removeExisting(Map<String, NewRow> rows) {
		List<String> keys = List.copyOf(rows.keySet());
		for (int start = 0; start < keys.size(); start += KEYS) {
			rows.keySet().removeAll(this.table.existing(keys.subList(start, Math.min(keys.size(), start + KEYS))));
		}
	}

}
