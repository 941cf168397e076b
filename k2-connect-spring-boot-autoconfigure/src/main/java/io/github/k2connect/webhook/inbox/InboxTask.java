package io.github.k2connect.webhook.inbox;

import java.time.Clock;
import java.time.Duration;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.ReceivedEvent;
import io.github.k2connect.webhook.WebhookObservation;
import io.micrometer.observation.ObservationRegistry;
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

	private static final Duration NOT_YET = Duration.ofSeconds(1);

	private static final int MAX_LOGGED_LENGTH = 100;

	private final Supplier<EventDispatcher> dispatcher;

	private final InboxLifecycle lifecycle;

	private final InboxSettings settings;

	private final ObservationRegistry observations;

	private final UnaryOperator<String> observedAccount;

	private final InboxDelay delay;

	private final Clock clock;

	/**
	 * Create the task.
	 * @param dispatcher the supplier of the dispatcher, called when an event is handled
	 * @param lifecycle the lifecycle of the inbox
	 * @param settings the settings of the inbox
	 * @param observations the registry for observations
	 * @param observedAccount the function for the name of an account in metrics
	 * @param delay the callback that measures delays
	 * @param clock the clock
	 */
	public InboxTask(Supplier<EventDispatcher> dispatcher, InboxLifecycle lifecycle, InboxSettings settings,
			ObservationRegistry observations, UnaryOperator<String> observedAccount, InboxDelay delay, Clock clock) {
		this(dispatcher, lifecycle, settings, observations, observedAccount, delay, clock,
				new InboxRetries(settings, clock));
	}

	private InboxTask(Supplier<EventDispatcher> dispatcher, InboxLifecycle lifecycle, InboxSettings settings,
			ObservationRegistry observations, UnaryOperator<String> observedAccount, InboxDelay delay, Clock clock,
			InboxRetries retries) {
		super(NAME, String.class, retries, retries);
		this.dispatcher = dispatcher;
		this.lifecycle = lifecycle;
		this.settings = settings;
		this.observations = observations;
		this.observedAccount = observedAccount;
		this.delay = delay;
		this.clock = clock;
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		if (!this.lifecycle.begin()) {
			return (complete, operations) -> operations.reschedule(complete, this.clock.instant().plus(NOT_YET));
		}
		try {
			handle(instance, context.getExecution().consecutiveFailures + 1);
		}
		finally {
			this.lifecycle.end();
		}
		return new CompletionHandler.OnCompleteRemove<>();
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
		WebhookObservation observation = WebhookObservation.startHandling(this.observations);
		observation.observe(() -> handle(instance, attempt, observation));
	}

	private Reception handle(TaskInstance<String> instance, int attempt, WebhookObservation observation) {
		String event = instance.getId();
		try {
			StoredEvent stored = read(instance);
			ReceivedEvent received = stored.decode();
			event = LogFormatUtils.formatValue(stored.id(), MAX_LOGGED_LENGTH, true) + " (" + instance.getId() + ")";
			observation.account(this.observedAccount.apply(received.event().account()));
			observation.received(received);
			Reception reception = this.dispatcher.get().dispatch(received, observation::reachedListeners)
					? Reception.PUBLISHED : Reception.DUPLICATE;
			observation.ended(reception);
			if (reception == Reception.PUBLISHED) {
				this.delay.record(received.kind(), Duration.between(stored.receivedAt(), this.clock.instant()));
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

}
