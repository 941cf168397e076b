package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The events that are received and not handled yet.
 */
public final class K2Inbox {

	private static final Log logger = LogFactory.getLog(K2Inbox.class);

	private static final int PAGE = 100;

	private final InboxTable table;

	private final K2EventStore store;

	private final InboxOverview overview;

	private final Clock clock;

	/**
	 * Create the inbox.
	 * @param table the table of the inbox
	 * @param store remembers which events were handled
	 * @param clock the clock for the time of the first attempt after a retry
	 */
	K2Inbox(InboxTable table, K2EventStore store, Clock clock) {
		this.table = table;
		this.store = store;
		this.overview = new InboxOverview(table.monitored());
		this.clock = clock;
	}

	/**
	 * Return the number of events that wait for an attempt or are being handled, without
	 * parked events.
	 * @return the number for all instances
	 */
	public long waiting() {
		return this.table.waiting();
	}

	/**
	 * Return the parked events: all their attempts failed.
	 * @return the events
	 */
	public List<ParkedEvent> parked() {
		List<ParkedEvent> parked = new ArrayList<>();
		forEachParked((row) -> parked.add(ParkedEvent.of(row)));
		return List.copyOf(parked);
	}

	private void forEachParked(Consumer<Row> action) {
		List<Row> page = List.of();
		do {
			page = this.table.parked(page.isEmpty() ? "" : page.get(page.size() - 1).id(), PAGE);
			page.forEach(action);
		}
		while (page.size() == PAGE);
	}

	/**
	 * Return whether the table exists. In direct mode it may not.
	 * @return {@code false} if there is nothing for operators to see
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public boolean hasTable() {
		return this.table.exists();
	}

	/**
	 * Return the state of the inbox for operators, within limited time.
	 * @return the state for all instances
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public State state() {
		return this.overview.state();
	}

	/**
	 * Return parked events for operators, within limited time.
	 * @param max the maximum number
	 * @return the events, those that were due first at the front
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public List<ParkedEvent> parked(int max) {
		return this.overview.parked(max);
	}

	/**
	 * Schedule a parked event again, with all its attempts.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean retry(String key) {
		return isStorable(key) && this.table.retry(key, this.clock.instant());
	}

	/**
	 * Schedule all parked events again.
	 * @return the number of events
	 */
	public int retryAll() {
		List<String> keys = new ArrayList<>();
		forEachParked((row) -> keys.add(row.id()));
		return (int) keys.stream().filter(this::retry).count();
	}

	/**
	 * Delete a parked event without handling it. If it is delivered again, it is received
	 * as a new event. The reconciliation does not take its payment for missed.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean discard(String key) {
		if (!isStorable(key)) {
			return false;
		}
		EventIdentity superseded = supersededBy(key);
		return this.table.discard(key, () -> {
			if (superseded != null && this.store instanceof JdbcEventStore events) {
				events.remember(superseded);
			}
		});
	}

	/**
	 * Return whether all databases accept the key. PostgreSQL does not accept this
	 * character.
	 */
	private static boolean isStorable(String key) {
		return key.indexOf('\0') < 0;
	}

	private @Nullable EventIdentity supersededBy(String key) {
		Row row = this.table.find(key).orElse(null);
		try {
			return (row != null) ? OwnEvent.supersededBy(StoredEvent.read(row.data()).decode().identity()) : null;
		}
		catch (RuntimeException ex) {
			logger.debug("A discarded event is unreadable (" + ex.getClass().getSimpleName() + ")");
			return null;
		}
	}

	/**
	 * The state of the inbox.
	 *
	 * @param waiting the number of events that wait or are being handled
	 * @param oldestWaiting when the oldest of them was received, or {@code null}
	 * @param parked the number of parked events
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public record State(long waiting, @Nullable Instant oldestWaiting, long parked) {

	}

}
