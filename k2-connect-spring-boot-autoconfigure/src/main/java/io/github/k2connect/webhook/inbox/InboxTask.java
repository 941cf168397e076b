package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Optional;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.Outcome;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.Publication;
import io.github.k2connect.webhook.reception.TraceCarrier;
import io.github.k2connect.webhook.store.JdbcEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Task that handles stored events. Each event is an execution of this task, with the
 * event's key as id.
 */
final class InboxTask implements K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = "k2-inbox";

	private static final Log logger = LogFactory.getLog(InboxTask.class);

	private static final Duration NEWER_VERSION_DELAY = Duration.ofMinutes(1);

	private final EventDispatcher dispatcher;

	private final K2EventStore store;

	private final InboxTable table;

	private final InboxMeters meters;

	private final InboxProperties properties;

	private final SlowListeners slowListeners;

	private final Delays delays;

	/**
	 * Create the task.
	 * @param dispatcher publishes the events
	 * @param store remembers which events were handled
	 * @param table the table of the inbox
	 * @param meters the meters of the inbox
	 * @param properties the settings of the inbox
	 * @param delays the time
	 */
	InboxTask(EventDispatcher dispatcher, K2EventStore store, InboxTable table, InboxMeters meters,
			InboxProperties properties, Delays delays) {
		this.dispatcher = dispatcher;
		this.store = store;
		this.table = table;
		this.meters = meters;
		this.properties = properties;
		this.slowListeners = new SlowListeners(properties, meters);
		this.delays = delays;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Threads threads() {
		return Threads.EVENTS;
	}

	@Override
	public void monitor() {
		this.slowListeners.warn();
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		SingletonSupplier<StoredEvent> stored = SingletonSupplier.of(() -> StoredEvent.of(execution));
		SingletonSupplier<Publication> publication = SingletonSupplier.of(() -> stored.obtain().decode());
		if (isOfNewerVersion(execution.id(), publication)) {
			logger.warn("Event " + StoredEvent.name(execution) + " waits for an instance with a newer version of "
					+ "k2-connect: this version does not know its topic, type or status");
			return NextStep.postpone(this.delays.now().plus(this.delays.spread(NEWER_VERSION_DELAY)), null);
		}
		SlowListeners.Attempt attempt = this.slowListeners.begin(execution);
		RemovingEventStore removing = new RemovingEventStore(this.store,
				(events) -> this.table.remove(execution, events));
		try {
			handle(stored, publication, this.properties.isLast(execution.failures() + 1), removing);
		}
		finally {
			this.slowListeners.end(attempt);
		}
		return (row) -> {
			if (!removing.hasRemoved()) {
				remove(row, execution.id());
			}
		};
	}

	/**
	 * Remove a handled event. If another instance took this instance for dead, it has
	 * scheduled the event again, or parked it. The next attempt finds that the event was
	 * handled, but a parked event has no next attempt.
	 */
	private void remove(NextStep.Row row, String key) {
		if (!row.remove()) {
			this.table.discard(key, () -> {
			});
		}
	}

	/**
	 * Return whether an instance with a newer version has stored the event, during a
	 * rolling deployment: that version knows its topic, type or status, and this one does
	 * not, so that the event has another identity here. An event that an older version
	 * has stored is known better here.
	 */
	private static boolean isOfNewerVersion(String key, SingletonSupplier<Publication> publication) {
		return readable(publication)
			.filter((decoded) -> isTentative(decoded.event()) && !decoded.identity().key().equals(key))
			.isPresent();
	}

	private static boolean isTentative(K2Event event) {
		return event instanceof UnrecognizedK2Event
				|| (event instanceof K2ResultEvent result && result.outcome() == Outcome.PENDING);
	}

	private void handle(SingletonSupplier<StoredEvent> stored, SingletonSupplier<Publication> publication, boolean last,
			K2EventStore removing) {
		if (isSuperseded(publication)) {
			return;
		}
		TraceCarrier trace = readable(stored).map(StoredEvent::trace).orElseGet(TraceCarrier::new);
		if (this.dispatcher.handle(publication::obtain, trace, last, removing)) {
			StoredEvent event = stored.obtain();
			this.meters.handled(event.kind(), Duration.between(event.receivedAt(), this.delays.now()));
		}
	}

	/**
	 * Return whether an event that k2-connect has created need not be published: a
	 * message about the payment was handled meanwhile.
	 */
	private boolean isSuperseded(SingletonSupplier<Publication> publication) {
		return readable(publication)
			.filter((decoded) -> decoded instanceof OwnEvent own && this.store instanceof JdbcEventStore events
					&& own.isSuperseded(events))
			.isPresent();
	}

	/**
	 * Return the event, unless it is unreadable: then the attempt to handle it fails.
	 */
	private static <T> Optional<T> readable(SingletonSupplier<T> event) {
		try {
			return Optional.of(event.obtain());
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		return afterAttempt(execution, failure);
	}

	/**
	 * Handle an event whose instance crashed. That counts as an attempt, because the
	 * event may have been the reason. The next attempt has a delay, because the instance
	 * may still be alive and handle the event.
	 */
	@Override
	public NextStep crashed(TaskExecution execution) {
		return afterAttempt(execution, null);
	}

	private NextStep afterAttempt(TaskExecution execution, @Nullable Throwable failure) {
		String event = StoredEvent.name(execution);
		int attempts = execution.failures() + 1;
		if (!this.properties.isLast(attempts)) {
			Duration next = this.delays.doubled(this.properties.firstDelay(), attempts, this.properties.maxDelay());
			return (row) -> {
				row.retry(this.delays.now().plus(next), null);
				logger.warn("Event " + event + " was not handled in attempt " + attempts + " of "
						+ this.properties.maxAttempts() + ". The next is in " + next, failure);
			};
		}
		if (isHandled(execution)) {
			return (row) -> {
				row.remove();
				logger.info("Event " + event + " was handled by an instance that seemed to be dead");
			};
		}
		return (row) -> {
			row.retry(InboxTable.PARKED, null);
			logger.error("Event " + event + " was not handled in " + attempts
					+ " attempts. It is parked: retry or discard it with K2Inbox", failure);
		};
	}

	/**
	 * Return whether the event was handled. If this is unknown, the event is parked, so
	 * that it is not lost.
	 */
	private boolean isHandled(TaskExecution execution) {
		try {
			return this.store instanceof JdbcEventStore events
					&& events.isHandled(StoredEvent.of(execution).decode().identity());
		}
		catch (RuntimeException ex) {
			logger.debug("It is unknown whether the event was handled", ex);
			return false;
		}
	}

}
