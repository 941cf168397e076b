package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.exceptions.ExecutionException;
import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.ReceivedEvent;
import io.github.k2connect.webhook.WebhookObservation;
import io.github.k2connect.webhook.store.EventIdentity;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;

import org.springframework.core.log.LogFormatUtils;

/**
 * Task that handles stored events. Each event is an instance of this task, with the
 * event's key as id.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InboxTask extends AbstractTask<String> {

	/**
	 * The name of the task.
	 */
	public static final String NAME = "k2-inbox";

	private static final Log logger = LogFactory.getLog(InboxTask.class);

	private static final Duration NOT_RUNNING_DELAY = Duration.ofSeconds(1);

	private static final int MAX_LOGGED_LENGTH = 100;

	private final Collaborators collaborators;

	private final InboxSettings settings;

	private final Clock clock;

	/**
	 * Create the task.
	 * @param collaborators the collaborators of the task
	 * @param settings the settings of the inbox
	 * @param clock the clock
	 */
	public InboxTask(Collaborators collaborators, InboxSettings settings, Clock clock) {
		this(collaborators, settings, clock,
				new InboxRetries(settings, clock, (data) -> isHandled(StoredEvent.read(data), collaborators)));
	}

	private InboxTask(Collaborators collaborators, InboxSettings settings, Clock clock, InboxRetries retries) {
		super(NAME, String.class, retries, retries);
		this.collaborators = collaborators;
		this.settings = settings;
		this.clock = clock;
	}

	private static boolean isHandled(StoredEvent event, Collaborators collaborators) {
		return collaborators.handled().test(event.decode().identity());
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		ThreadLimit threads = this.collaborators.threads();
		if (!threads.acquire()) {
			return postponed(threads.delay());
		}
		try {
			return executeIfRunning(instance, context);
		}
		finally {
			threads.release();
		}
	}

	private CompletionHandler<String> executeIfRunning(TaskInstance<String> instance, ExecutionContext context) {
		InboxLifecycle lifecycle = this.collaborators.lifecycle();
		if (!lifecycle.begin()) {
			return postponed(NOT_RUNNING_DELAY);
		}
		try {
			handle(instance, context.getExecution().consecutiveFailures + 1);
		}
		finally {
			lifecycle.end();
		}
		return (complete, operations) -> remove(operations, instance.getId());
	}

	private CompletionHandler<String> postponed(Duration delay) {
		return Postponement.until(this.clock.instant().plus(delay));
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

	@Override
	public SchedulableInstance<String> schedulableInstance(String id) {
		return new SchedulableTaskInstance<>(instance(id), (now) -> now);
	}

	@Override
	public SchedulableInstance<String> schedulableInstance(String id, String data) {
		return new SchedulableTaskInstance<>(instance(id, data), (now) -> now);
	}

	private void handle(TaskInstance<String> instance, int attempt) {
		WebhookObservation observation = WebhookObservation.startHandling(this.collaborators.observations());
		observation.observe(() -> handle(instance, attempt, observation));
	}

	private Reception handle(TaskInstance<String> instance, int attempt, WebhookObservation observation) {
		String event = instance.getId();
		try {
			StoredEvent stored = read(instance);
			ReceivedEvent received = stored.decode();
			event = LogFormatUtils.formatValue(stored.id(), MAX_LOGGED_LENGTH, true) + " (" + instance.getId() + ")";
			observation.account(this.collaborators.observedName().apply(received.event().account()));
			observation.received(received);
			Reception reception = dispatch(event, received, observation) ? Reception.PUBLISHED : Reception.DUPLICATE;
			observation.ended(reception);
			if (reception == Reception.PUBLISHED) {
				this.collaborators.meters()
					.handled(received.kind(), Duration.between(stored.receivedAt(), this.clock.instant()));
			}
			return reception;
		}
		catch (Throwable ex) {
			if (this.settings.isLast(attempt)) {
				observation.parked(ex);
			}
			else {
				observation.failed(ex);
			}
			throw new HandlingFailedException(event, ex);
		}
	}

	private boolean dispatch(String event, ReceivedEvent received, WebhookObservation observation) {
		SlowListeners slowListeners = this.collaborators.slowListeners();
		SlowListeners.Attempt attempt = slowListeners.begin(event, received.kind());
		try {
			return this.collaborators.dispatcher().get().dispatch(received, observation::reachedListeners);
		}
		finally {
			slowListeners.end(attempt);
		}
	}

	/**
	 * Read the event. If it is unreadable, the exception does not contain the data.
	 */
	private static StoredEvent read(TaskInstance<String> instance) {
		try {
			return StoredEvent.read(instance.getData());
		}
		catch (RuntimeException ex) {
			throw new IllegalStateException(
					"The data of the task is unreadable (" + ex.getClass().getSimpleName() + ")");
		}
	}

	/**
	 * The collaborators of the task.
	 *
	 * @param dispatcher supplies the dispatcher, when it is first needed
	 * @param handled returns whether an event was handled
	 * @param discard deletes the event with this key if it is parked
	 * @param observedName returns the name of an account in metrics
	 * @param observations the registry for observations
	 * @param meters the meters of the inbox
	 * @param lifecycle the lifecycle, which says when listeners may be called
	 * @param threads the limit for threads
	 * @param slowListeners warns of listeners that take long
	 */
	public record Collaborators(Supplier<EventDispatcher> dispatcher, Predicate<EventIdentity> handled,
			Consumer<String> discard, UnaryOperator<String> observedName, ObservationRegistry observations,
			InboxMeters meters, InboxLifecycle lifecycle, ThreadLimit threads, SlowListeners slowListeners) {

	}

}
