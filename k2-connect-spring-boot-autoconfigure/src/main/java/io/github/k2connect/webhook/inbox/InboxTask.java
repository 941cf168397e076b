package io.github.k2connect.webhook.inbox;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.Execution;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.Outcome;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.Publication;
import io.github.k2connect.webhook.store.EventIdentity;
import io.github.k2connect.webhook.store.K2EventStore;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

import org.springframework.util.function.SingletonSupplier;

/**
 * Task that handles stored events. Each event is an instance of this task, with the
 * event's key as id.
 */
final class InboxTask extends K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = Need.INBOX.taskName();

	private static final Log logger = LogFactory.getLog(InboxTask.class);

	private static final Duration NEWER_VERSION_DELAY = Duration.ofMinutes(1);

	private final Collaborators collaborators;

	private final InboxProperties properties;

	/**
	 * Create the task.
	 * @param collaborators the collaborators of the task
	 * @param properties the settings of the inbox
	 * @param executions the conditions for its executions
	 */
	InboxTask(Collaborators collaborators, InboxProperties properties, Executions executions) {
		super(NAME, executions);
		this.collaborators = collaborators;
		this.properties = properties;
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		SingletonSupplier<StoredEvent> stored = SingletonSupplier.of(() -> StoredEvent.of(instance));
		SingletonSupplier<Publication> publication = SingletonSupplier.of(() -> stored.obtain().decode());
		if (isOfNewerVersion(instance.getId(), publication)) {
			logger.warn("Event " + StoredEvent.name(instance) + " waits for an instance with a newer version of "
					+ "k2-connect: this version does not know its topic, type or status");
			return postpone(now().plus(spread(NEWER_VERSION_DELAY)), instance.getData());
		}
		SlowListeners slowListeners = this.collaborators.slowListeners();
		SlowListeners.Attempt attempt = slowListeners.begin(instance);
		RemovingEventStore store = this.collaborators.stores().apply(context.getExecution());
		try {
			handle(stored, publication, this.properties.isLast(context.getExecution().consecutiveFailures + 1), store);
		}
		catch (Throwable ex) {
			throw new HandlingFailedException(instance.getId(), ex);
		}
		finally {
			slowListeners.end(attempt);
		}
		return (complete, operations) -> {
			if (!store.hasRemoved()) {
				remove(operations, instance.getId());
			}
		};
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

	private static boolean isTentative(Object event) {
		return event instanceof UnrecognizedK2Event
				|| (event instanceof K2ResultEvent result && result.outcome() == Outcome.PENDING);
	}

	/**
	 * Remove a handled event. If another instance took this instance for dead, it has
	 * scheduled the event again, or parked it. The next attempt finds that the event was
	 * handled, but a parked event has no next attempt.
	 */
	private void remove(ExecutionOperations<String> operations, String key) {
		try {
			operations.remove();
		}
		catch (ExecutionException ex) {
			logger.debug("Another instance took over an event that was handled here", ex);
			this.collaborators.discard().accept(key);
		}
	}

	private void handle(SingletonSupplier<StoredEvent> stored, SingletonSupplier<Publication> publication, boolean last,
			K2EventStore store) {
		if (isSuperseded(publication)) {
			return;
		}
		if (this.collaborators.dispatcher().get().handle(publication::obtain, last, store)) {
			StoredEvent event = stored.obtain();
			this.collaborators.meters().handled(event.kind(), Duration.between(event.receivedAt(), now()));
		}
	}

	/**
	 * Return whether an event that k2-connect has created need not be published: a
	 * message about the payment was handled meanwhile.
	 */
	private boolean isSuperseded(SingletonSupplier<Publication> publication) {
		return readable(publication)
			.filter((decoded) -> decoded instanceof OwnEvent own && this.collaborators.superseded().test(own))
			.isPresent();
	}

	/**
	 * Return the event, unless it is unreadable: then the attempt to handle it fails.
	 */
	private static Optional<Publication> readable(SingletonSupplier<Publication> publication) {
		try {
			return Optional.of(publication.obtain());
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		Throwable cause = complete.getCause().orElse(null);
		failed((cause instanceof HandlingFailedException ex) ? ex.failure() : cause, complete, operations);
	}

	/**
	 * Handle an event whose instance crashed. That counts as an attempt, because the
	 * event may have been the reason. The next attempt has a delay, because the instance
	 * may still be alive and handle the event.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		failed(null, complete, operations);
	}

	private void failed(@Nullable Throwable failure, ExecutionComplete complete,
			ExecutionOperations<String> operations) {
		String event = StoredEvent.name(complete.getExecution().taskInstance);
		int attempts = complete.getExecution().consecutiveFailures + 1;
		if (!this.properties.isLast(attempts)) {
			Duration next = doubled(this.properties.firstDelay(), attempts, this.properties.maxDelay());
			operations.reschedule(complete, now().plus(next));
			logger.warn("Event " + event + " was not handled in attempt " + attempts + " of "
					+ this.properties.maxAttempts() + ". The next is in " + next, failure);
		}
		else if (isHandled(complete)) {
			operations.remove();
			logger.info("Event " + event + " was handled by an instance that seemed to be dead");
		}
		else {
			operations.reschedule(complete, InboxTable.PARKED);
			logger.error("Event " + event + " was not handled in " + attempts
					+ " attempts. It is parked: retry or discard it with K2Inbox", failure);
		}
	}

	/**
	 * Return whether the event was handled. If this is unknown, the event is parked, so
	 * that it is not lost.
	 */
	private boolean isHandled(ExecutionComplete complete) {
		try {
			StoredEvent event = StoredEvent.of(complete.getExecution().taskInstance);
			return this.collaborators.handled().test(event.decode().identity());
		}
		catch (RuntimeException ex) {
			logger.debug("It is unknown whether the event was handled", ex);
			return false;
		}
	}

	/**
	 * The collaborators of the task.
	 *
	 * @param dispatcher supplies the dispatcher, when it is first needed
	 * @param stores creates the store of handled events for an attempt
	 * @param handled returns whether an event was handled
	 * @param superseded returns whether an event that k2-connect has created need not be
	 * published
	 * @param discard deletes the event with this key if it is parked
	 * @param meters the meters of the inbox
	 * @param slowListeners warns of listeners that take long
	 */
	record Collaborators(Supplier<EventDispatcher> dispatcher, Function<Execution, RemovingEventStore> stores,
			Predicate<EventIdentity> handled, Predicate<OwnEvent> superseded, Consumer<String> discard,
			InboxMeters meters, SlowListeners slowListeners) {

	}

}
