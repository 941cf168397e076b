package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;

import io.github.k2connect.Ticker;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.github.k2connect.webhook.reception.TraceCarrier;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * {@link EventReceiver} that stores events, to be handled later.
 */
final class InboxReceiver implements EventReceiver {

	private static final int MAX_ATTEMPTS = 5;

	private final JdbcEventStore store;

	private final InboxTable table;

	private final Clock clock;

	private final boolean handOver;

	private final @Nullable WaitingLimit limit;

	private final ObservationRegistry observations;

	/**
	 * Create the receiver.
	 * @param store remembers which events were handled
	 * @param table the table of the inbox
	 * @param properties the settings of the inbox
	 * @param clock the clock for the time of receipt
	 * @param ticker measures the age of the number of waiting events
	 * @param observations the registry whose current observation is that of the delivery
	 */
	InboxReceiver(JdbcEventStore store, InboxTable table, InboxProperties properties, Clock clock, Ticker ticker,
			ObservationRegistry observations) {
		this.store = store;
		this.table = table;
		this.clock = clock;
		this.handOver = properties.handOver();
		Long maxWaiting = properties.maxWaiting();
		this.limit = (maxWaiting != null) ? new WaitingLimit(table::waiting, maxWaiting, ticker) : null;
		this.observations = observations;
	}

	@Override
	public Reception receive(ReceivedEvent received, Duration waited, Runnable beforeListeners) {
		StoredEvent event = StoredEvent.of(received, this.clock.instant(), TraceCarrier.current(this.observations));
		if (this.limit == null) {
			return insert(received, event) ? Reception.ACCEPTED : Reception.DUPLICATE;
		}
		if (!this.limit.begin()) {
			return isDuplicate(received) ? Reception.DUPLICATE : Reception.BUSY;
		}
		boolean inserted = true;
		try {
			inserted = insert(received, event);
			return inserted ? Reception.ACCEPTED : Reception.DUPLICATE;
		}
		finally {
			this.limit.end(inserted);
		}
	}

	/**
	 * Insert the event, and repeat that if the database has rolled it back because of
	 * other transactions.
	 */
	private boolean insert(ReceivedEvent received, StoredEvent event) {
		for (int attempt = 1;; attempt++) {
			try {
				return this.table.insert(received, event, this.store, this.handOver);
			}
			catch (ConcurrencyFailureException ex) {
				if (attempt == MAX_ATTEMPTS) {
					throw ex;
				}
			}
		}
	}

	private boolean isDuplicate(ReceivedEvent received) {
		return this.table.find(received.identity().key()).isPresent() || this.store.isHandled(received.identity());
	}

}
