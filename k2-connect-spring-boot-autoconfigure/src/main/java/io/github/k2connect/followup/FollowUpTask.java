package io.github.k2connect.followup;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.task.AbstractTask;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.SchedulableInstance;
import com.github.kagkarlsson.scheduler.task.SchedulableTaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.followup.FollowUpObservation.Outcome;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.inbox.InboxLifecycle;
import io.github.k2connect.webhook.inbox.Postponement;
import io.github.k2connect.webhook.inbox.ThreadLimit;
import io.github.k2connect.webhook.store.EventIdentity;
import io.micrometer.observation.ObservationRegistry;
import io.github.k2connect.webhook.inbox.Delays;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Task that follows up a started request: each execution requests the status once, until
 * the result is final.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class FollowUpTask extends AbstractTask<String> {

	/**
	 * The name of the task.
	 */
	public static final String NAME = "k2-follow-up";

	private static final Log logger = LogFactory.getLog(FollowUpTask.class);

	private static final Duration NOT_RUNNING_DELAY = Duration.ofSeconds(1);

	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	private final Collaborators collaborators;

	private final InboxLifecycle lifecycle;

	private final ThreadLimit threads;

	private final FollowUpSettings settings;

	private final ObservationRegistry observations;

	private final Clock clock;

	private final CallQueue calls;

	/**
	 * Create the task.
	 * @param collaborators suppliers of beans that may depend on the scheduler
	 * @param lifecycle the lifecycle, which says when listeners may be called
	 * @param settings the settings of the follow-up
	 * @param observations the registry for the observations of the executions
	 * @param clock the clock for delays and timeouts
	 */
	public FollowUpTask(Collaborators collaborators, InboxLifecycle lifecycle, FollowUpSettings settings,
			ObservationRegistry observations, Clock clock) {
		this(collaborators, lifecycle, ThreadLimit.none(), settings, observations, clock);
	}

	/**
	 * Create the task with a limit for threads.
	 * @param collaborators suppliers of beans that may depend on the scheduler
	 * @param lifecycle the lifecycle, which says when listeners may be called
	 * @param threads the limit for threads
	 * @param settings the settings of the follow-up
	 * @param observations the registry for the observations of the executions
	 * @param clock the clock for delays and timeouts
	 */
	public FollowUpTask(Collaborators collaborators, InboxLifecycle lifecycle, ThreadLimit threads,
			FollowUpSettings settings, ObservationRegistry observations, Clock clock) {
		this(collaborators, lifecycle, threads, settings, observations, clock, new FollowUpFailures(settings, clock));
	}

	private FollowUpTask(Collaborators collaborators, InboxLifecycle lifecycle, ThreadLimit threads,
			FollowUpSettings settings, ObservationRegistry observations, Clock clock, FollowUpFailures failures) {
		super(NAME, String.class, failures, failures);
		this.collaborators = collaborators;
		this.lifecycle = lifecycle;
		this.threads = threads;
		this.settings = settings;
		this.observations = observations;
		this.clock = clock;
		this.calls = new CallQueue(settings.callsPerSecond());
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		if (!this.threads.tryAcquire()) {
			return postponed(this.threads.delay());
		}
		try {
			return executeIfRunning(instance);
		}
		finally {
			this.threads.release();
		}
	}

	private CompletionHandler<String> executeIfRunning(TaskInstance<String> instance) {
		if (!this.lifecycle.begin()) {
			return postponed(NOT_RUNNING_DELAY);
		}
		try {
			if (this.collaborators.notes().get().saveUnsaved(instance.getId())) {
				return new CompletionHandler.OnCompleteRemove<>();
			}
			FollowUpNote note = FollowUpNote.read(instance.getData());
			Instant turn = (note.location() != null) ? this.calls.request(note.turn(), this.clock.instant()) : null;
			if (turn != null) {
				return Postponement.until(turn, note.queued(turn).write());
			}
			return FollowUpObservation.observe(this.observations,
					this.collaborators.observedName().apply(note.account()), note.type(),
					(observation) -> followUp(instance.getId(), note.asked(), observation));
		}
		finally {
			this.lifecycle.end();
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

	private CompletionHandler<String> followUp(String key, FollowUpNote note, FollowUpObservation observation) {
		if (note.location() == null) {
			return withoutLocation(key, note, observation);
		}
		StatusResponse response = StatusRequest.send(note, note.location(), this.collaborators.clients());
		observation.outcome(response.outcome());
		if (response.result() != null) {
			return receive(note, response, observation);
		}
		Instant now = this.clock.instant();
		if (response.outcome() == Outcome.UNKNOWN) {
			boolean lasted = note.unknownFor().compareTo(this.settings.unknownAfter()) >= 0;
			if (lasted || !now.isBefore(end(note))) {
				return giveUp(key, note, observation);
			}
			Duration delay = this.settings.delayWhileUnknown(note.unknownFor());
			return after(Delays.spread(delay, this.settings.random()), note.unknown(delay));
		}
		FollowUpNote next = (response.outcome() == Outcome.PENDING) ? note.expiring(response.expiresAt()) : note;
		Instant end = end(next);
		if (!now.isBefore(end)) {
			return giveUp(key, next, observation);
		}
		Instant time = now.plus(delay(next, response.retryAfter()));
		return at(time.isBefore(end) ? time : end, next);
	}

	/**
	 * Handle a request without a URL: it is being sent, or its instance has crashed. The
	 * first execution only waits, because the clocks of instances may differ.
	 */
	private CompletionHandler<String> withoutLocation(String key, FollowUpNote note, FollowUpObservation observation) {
		if (note.calls() == 1) {
			observation.outcome(Outcome.PENDING);
			return after(this.settings.patience().dividedBy(2), note);
		}
		return giveUp(key, note, observation);
	}

	private CompletionHandler<String> receive(FollowUpNote note, StatusResponse response,
			FollowUpObservation observation) {
		observation.outcome(Outcome.FAILED);
		Reception reception = this.collaborators.receiver().get().receive(response.required(), () -> {
		});
		if (reception == Reception.BUSY) {
			observation.outcome(Outcome.UNAVAILABLE);
			return after(Delays.spread(BUSY_DELAY, this.settings.random()), note);
		}
		observation.outcome(Outcome.RESOLVED);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private CompletionHandler<String> giveUp(String key, FollowUpNote note, FollowUpObservation observation) {
		observation.outcome(Outcome.FAILED);
		String id = note.id();
		boolean published = this.collaborators.dispatcher()
			.get()
			.dispatch(new EventIdentity(note.account(), "unresolved " + note.type(), (id != null) ? id : key, null),
					new UnresolvedK2Request(note.account(), note.type(), id, note.location(), note.startedAt(),
							note.metadata()));
		if (published) {
			logger.warn("No final result of " + note.name() + ", started at " + note.startedAt()
					+ ". An UnresolvedK2Request was published");
		}
		observation.outcome(Outcome.UNRESOLVED);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private Duration delay(FollowUpNote note, @Nullable Duration retryAfter) {
		Duration delay = this.settings.delayAfter(note.calls() + 1);
		return (retryAfter != null && retryAfter.compareTo(delay) > 0)
				? Delays.spread(retryAfter, this.settings.random()) : delay;
	}

	/**
	 * Return the time of the last status request.
	 */
	private Instant end(FollowUpNote note) {
		Instant expiresAt = note.expiresAt();
		return (expiresAt != null) ? expiresAt.plus(this.settings.afterExpiry())
				: note.startedAt().plus(this.settings.giveUpAfter());
	}

	private CompletionHandler<String> postponed(Duration delay) {
		return Postponement.until(this.clock.instant().plus(delay));
	}

	private CompletionHandler<String> after(Duration delay, FollowUpNote note) {
		return at(this.clock.instant().plus(delay), note);
	}

	private static CompletionHandler<String> at(Instant time, FollowUpNote note) {
		return (complete, operations) -> operations.reschedule(complete, time, note.write());
	}

	/**
	 * The collaborators of the task. They are resolved when they are first needed.
	 *
	 * @param clients the clients for status requests
	 * @param observedName returns the name of an account in metrics
	 * @param receiver the receiver of results, also of those that come by callback
	 * @param dispatcher the publisher of {@link UnresolvedK2Request}
	 * @param notes the URLs that are not stored yet
	 */
	public record Collaborators(AccountClients clients, UnaryOperator<String> observedName,
			Supplier<EventReceiver> receiver, Supplier<EventDispatcher> dispatcher, Supplier<FollowUpNotes> notes) {

	}

}
