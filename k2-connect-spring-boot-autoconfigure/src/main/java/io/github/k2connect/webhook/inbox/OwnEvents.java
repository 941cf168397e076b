package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import io.github.k2connect.event.PolledTransaction;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.KnownPayments;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * The events in the inbox that k2-connect creates itself. The inbox handles them like
 * messages, in direct mode too.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class OwnEvents {

	private static final Log logger = LogFactory.getLog(OwnEvents.class);

	/**
	 * How many events are read at a time.
	 */
	private static final int PAGE = 100;

	private static final int KEYS = 300;

	private static final int MAX_ATTEMPTS = 3;

	private final InboxTable table;

	private final RowReader reader;

	private final InboxClient client;

	private final Clock clock;

	/**
	 * Create the events.
	 * @param table the table of the inbox
	 * @param reader reads the rows of the table
	 * @param client the client for db-scheduler
	 * @param clock the clock for the time of receipt
	 */
	OwnEvents(InboxTable table, RowReader reader, InboxClient client, Clock clock) {
		this.table = table;
		this.reader = reader;
		this.client = client;
		this.clock = clock;
	}

	/**
	 * Return the payments that waiting and parked events are about. This reads the whole
	 * inbox, page by page.
	 * @param account the name of the account
	 * @param references the normalized references of the payments to look for
	 * @return the payments that are found
	 */
	public KnownPayments waitingPayments(String account, Collection<String> references) {
		KnownPayments known = new KnownPayments();
		Set<String> wanted = new HashSet<>(references);
		String last = "";
		List<InboxTable.Row> page;
		do {
			page = this.table.page(last, PAGE);
			for (InboxTable.Row row : page) {
				last = row.key();
				EventIdentity identity = identity(row, account);
				if (identity != null && identity.reference() != null) {
					String reference = KnownPayments.normalize(identity.reference());
					if (wanted.contains(reference)) {
						known.add(reference, identity.kind());
					}
				}
			}
		}
		while (page.size() == PAGE);
		return known;
	}

	/**
	 * Return the identity of an event, or {@code null} if the event is of another
	 * account, is unreadable, or was handled meanwhile.
	 */
	private @Nullable EventIdentity identity(InboxTable.Row row, String account) {
		try {
			String text = this.reader.read(row);
			StoredEvent event = (text != null) ? StoredEvent.read(text) : null;
			return (event != null && event.account().equals(account)) ? event.decode().identity() : null;
		}
		catch (RuntimeException ex) {
			logger.debug("A stored event is unreadable (" + ex.getClass().getSimpleName() + ")");
			return null;
		}
	}

	/**
	 * Store events for payments, unless they are stored already, and make another change
	 * of db-scheduler's table in the same transaction.
	 * @param account the name of the account
	 * @param payments the payments by the kind of the event
	 * @param change the other change
	 */
	public void store(String account, Map<String, List<PolledTransaction>> payments, Runnable change) {
		Instant now = this.clock.instant();
		Map<String, StoredEvent> stored = new HashMap<>();
		payments.forEach((kind, missed) -> missed.forEach((payment) -> {
			OwnEvent event = OwnEvent.of(kind, account, payment);
			stored.put(event.identity().key(), StoredEvent.of(event, now));
		}));
		for (int attempt = 1;; attempt++) {
			removeExisting(stored);
			try {
				this.client.insert(stored, change);
				return;
			}
			catch (DbSchedulerException | DataAccessException | TransactionException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
				logger.debug("Another instance may have stored one of the events", ex);
			}
		}
	}

	private void removeExisting(Map<String, StoredEvent> events) {
		List<String> keys = List.copyOf(events.keySet());
		for (int start = 0; start < keys.size(); start += KEYS) {
			events.keySet().removeAll(this.table.existing(keys.subList(start, Math.min(keys.size(), start + KEYS))));
		}
	}

}
