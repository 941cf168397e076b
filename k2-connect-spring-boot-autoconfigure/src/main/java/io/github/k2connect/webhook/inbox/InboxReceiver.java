package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;

import com.github.kagkarlsson.scheduler.exceptions.DbSchedulerException;
import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.transaction.TransactionException;

/**
 * {@link EventReceiver} that stores events, to be handled later.
 */
final class InboxReceiver implements EventReceiver {

	private static final int MAX_ATTEMPTS = 5;

	private final JdbcEventStore store;

	private final InboxTable table;

	private final InboxClient client;

	private final Clock clock;

	private final @Nullable WaitingLimit limit;

	/**
	 * Create the receiver.
	 * @param store remembers which events were handled
	 * @param table the table of the inbox
	 * @param client the client for db-scheduler
	 * @param properties the settings of the inbox
	 * @param clock the clock for the time of receipt
	 * @param ticker measures the age of the number of waiting events
	 */
	InboxReceiver(JdbcEventStore store, InboxTable table, InboxClient client, InboxProperties properties, Clock clock,
			Ticker ticker) {
		this.store = store;
		this.table = table;
		this.client = client;
		this.clock = clock;
		Long maxWaiting = properties.maxWaiting();
		this.limit = (maxWaiting != null) ? new WaitingLimit(table::waiting, maxWaiting, ticker) : null;
	}

	/**
	 * Store the event. If the insert fails, another delivery may have inserted the same
	 * event at the same time, and that event may already be handled and deleted. In that
	 * case the next check finds it.
	 */
	@Override
	public Reception receive(ReceivedEvent received, Duration waited, Runnable beforeListeners) {
		StoredEvent event = StoredEvent.of(received, this.clock.instant());
		for (int attempt = 1;; attempt++) {
			if ((attempt > 1 || !this.client.recognizesDuplicates(this.store)) && isDuplicate(received)) {
				return Reception.DUPLICATE;
			}
			if (this.limit != null && !this.limit.begin()) {
				return isDuplicate(received) ? Reception.DUPLICATE : Reception.BUSY;
			}
			boolean inserted = true;
			try {
				inserted = this.client.insert(received.identity().key(), event, this.store);
				return inserted ? Reception.ACCEPTED : Reception.DUPLICATE;
			}
			catch (CannotGetJdbcConnectionException ex) {
				throw ex;
			}
			catch (DbSchedulerException | DataAccessException | TransactionException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
			finally {
				if (this.limit != null) {
					this.limit.end(inserted);
				}
			}
		}
	}

	private boolean isDuplicate(ReceivedEvent received) {
		return this.table.contains(received.identity().key()) || this.store.isHandled(received.identity());
	}

}
