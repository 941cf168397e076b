package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;

import io.github.k2connect.Ticker;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an inbox, without an application context.
 *
 * @param maxAttempts after how many failed attempts an event is parked
 * @param maxWaiting how many events may wait, or {@code null}
 */
public record TestInbox(int maxAttempts, @Nullable Long maxWaiting) {

	private InboxProperties properties() {
		return new InboxProperties(Duration.ofSeconds(1), Duration.ofSeconds(8), this.maxAttempts, this.maxWaiting,
				Duration.ofMinutes(1), true);
	}

	/**
	 * Create the task.
	 */
	public K2Task task(EventDispatcher dispatcher, K2EventStore store, TaskTable table, Delays delays) {
		return new InboxTask(dispatcher, store, new InboxTable(table), InboxMeters.NONE, properties(), delays);
	}

	/**
	 * Create the receiver.
	 */
	public EventReceiver receiver(JdbcEventStore store, TaskTable table, Clock clock, Ticker ticker) {
		return new InboxReceiver(store, new InboxTable(table), properties(), clock, ticker, ObservationRegistry.NOOP);
	}

	/**
	 * Create the bean for users.
	 */
	public static K2Inbox inbox(TaskTable table, K2EventStore store, Clock clock) {
		return new K2Inbox(new InboxTable(table), store, clock);
	}

	/**
	 * Create the events that k2-connect creates itself.
	 */
	public static OwnEvents ownEvents(TaskTable table, Clock clock) {
		return new OwnEvents(new InboxTable(table), clock);
	}

}
