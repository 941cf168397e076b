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
import io.github.k2connect.webhook.store.EventIdentity;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Asks for what was started, once in each execution, until its result is final.
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

	private static final Duration NOT_YET = Duration.ofSeconds(1);

	private static final Duration STRANGER_DELAY = Duration.ofSeconds(5);

	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	private static final int MAX_STRANGERS = 4;

	private final Collaborators collaborators;

	private final InboxLifecycle lifecycle;

	private final FollowUpSettings settings;

	private final ObservationRegistry observations;

	private final Clock clock;

	private final CallQueue calls;

	/**
	 * Create the task.
	 * @param collaborators what it works with, which may need the scheduler themselves
	 * @param lifecycle tells when the listeners are there
	 * @param settings when what was started is asked for
	 * @param observations where each execution is observed
	 * @param clock tells how long ago something was started
	 */
	public FollowUpTask(Collaborators collaborators, InboxLifecycle lifecycle, FollowUpSettings settings,
			ObservationRegistry observations, Clock clock) {
		this(collaborators, lifecycle, settings, observations, clock, new FollowUpFailures(settings, clock));
	}

	private FollowUpTask(Collaborators collaborators, InboxLifecycle lifecycle, FollowUpSettings settings,
			ObservationRegistry observations, Clock clock, FollowUpFailures failures) {
		super(NAME, String.class, failures, failures);
		this.collaborators = collaborators;
		this.lifecycle = lifecycle;
		this.settings = settings;
		this.observations = observations;
		this.clock = clock;
		this.calls = new CallQueue(settings.callsPerSecond());
	}

	@Override
	public CompletionHandler<String> execute(TaskInstance<String> instance, ExecutionContext context) {
		if (!this.lifecycle.begin()) {
			return (complete, operations) -> operations.reschedule(complete, this.clock.instant().plus(NOT_YET));
		}
		try {
			if (this.collaborators.notes().get().saveUnsaved(instance.getId())) {
				return new CompletionHandler.OnCompleteRemove<>();
			}
			FollowUpNote note = FollowUpNote.read(instance.getData());
			Instant turn = (note.location() != null) ? this.calls.request(note.turn(), this.clock.instant()) : null;
			if (turn != null) {
				return at(turn, note.queued(turn));
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
			return withoutAddress(key, note, observation);
		}
		StatusAnswer answer = StatusQuestion.ask(note, note.location(), this.collaborators.clients());
		observation.outcome(answer.outcome());
		if (answer.result() != null) {
			return receive(note, answer, observation);
		}
		if (answer.outcome() == Outcome.UNKNOWN) {
			FollowUpNote strange = note.strange();
			return (strange.strangers() >= MAX_STRANGERS) ? giveUp(key, strange, observation) : after(
					Delays.doubled(STRANGER_DELAY, strange.strangers(), STRANGER_DELAY.multipliedBy(4)), strange);
		}
		FollowUpNote next = (answer.outcome() == Outcome.PENDING) ? note.expiring(answer.expiresAt()) : note;
		Instant now = this.clock.instant();
		Instant end = end(next);
		if (!now.isBefore(end)) {
			return giveUp(key, next, observation);
		}
		Instant time = now.plus(delay(next, answer.retryAfter()));
		return at(time.isBefore(end) ? time : end, next);
	}

	/**
	 * The request is being sent, or the instance that sent it has gone. It is seen twice,
	 * so that this does not depend on the clocks of two instances.
	 */
	private CompletionHandler<String> withoutAddress(String key, FollowUpNote note, FollowUpObservation observation) {
		if (note.calls() == 1) {
			observation.outcome(Outcome.PENDING);
			return after(this.settings.patience().dividedBy(2), note);
		}
		return giveUp(key, note, observation);
	}

	private CompletionHandler<String> receive(FollowUpNote note, StatusAnswer answer, FollowUpObservation observation) {
		observation.outcome(Outcome.FAILED);
		Reception reception = this.collaborators.receiver().get().receive(answer.required(), () -> {
		});
		if (reception == Reception.BUSY) {
			observation.outcome(Outcome.UNAVAILABLE);
			return after(Delays.spread(BUSY_DELAY), note);
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
					new UnresolvedK2Request(note.account(), note.type(), id, note.location(), note.startedAt()));
		if (published) {
			logger.warn("The result of " + note.type() + " " + ((id != null) ? id : "without an id") + ", started at "
					+ note.startedAt() + ", could not be found out");
		}
		observation.outcome(Outcome.UNRESOLVED);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private Duration delay(FollowUpNote note, @Nullable Duration retryAfter) {
		Duration delay = this.settings.delayAfter(note.calls() + 1);
		return (retryAfter != null && retryAfter.compareTo(delay) > 0) ? Delays.spread(retryAfter) : delay;
	}

	/**
	 * Return when the last call is made.
	 */
	private Instant end(FollowUpNote note) {
		Instant expiresAt = note.expiresAt();
		return (expiresAt != null) ? expiresAt.plus(this.settings.afterExpiry())
				: note.startedAt().plus(this.settings.giveUpAfter());
	}

	private CompletionHandler<String> after(Duration delay, FollowUpNote note) {
		return at(this.clock.instant().plus(delay), note);
	}

	private static CompletionHandler<String> at(Instant time, FollowUpNote note) {
		return (complete, operations) -> operations.reschedule(complete, time, note.write());
	}

	/**
	 * What the task works with. Each is asked for when it is needed.
	 *
	 * @param clients ask Kopo Kopo
	 * @param observedName gives the name of an account in metrics
	 * @param receiver takes results, as it takes those that come by callback
	 * @param dispatcher publishes what was given up
	 * @param notes may have addresses that are not written down yet
	 */
	public record Collaborators(AccountClients clients, UnaryOperator<String> observedName,
			Supplier<EventReceiver> receiver, Supplier<EventDispatcher> dispatcher, Supplier<FollowUpNotes> notes) {

	}

}
