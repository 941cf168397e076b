package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.followup.FollowUpObservation.Outcome;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.store.EventIdentity;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Task that follows up a started request: each execution requests the status once, until
 * the result is final.
 */
final class FollowUpTask extends K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = Need.FOLLOW_UP.taskName();

	private static final Log logger = LogFactory.getLog(FollowUpTask.class);

	private static final Duration BUSY_DELAY = Duration.ofSeconds(10);

	private final Collaborators collaborators;

	private final FollowUpTimes times;

	private final ObservationRegistry observations;

	private final CallQueue calls;

	/**
	 * Create the task.
	 * @param collaborators suppliers of beans that may depend on the scheduler
	 * @param times the times of a follow-up
	 * @param observations the registry for the observations of the executions
	 * @param executions the conditions for its executions
	 */
	FollowUpTask(Collaborators collaborators, FollowUpTimes times, ObservationRegistry observations,
			Executions executions) {
		super(NAME, executions);
		this.collaborators = collaborators;
		this.times = times;
		this.observations = observations;
		this.calls = new CallQueue(times.properties().maxCallsPerSecond());
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		if (this.collaborators.notes().get().saveUnsaved(instance.getId())) {
			return new CompletionHandler.OnCompleteRemove<>();
		}
		FollowUpNote note = FollowUpNote.read(instance.getData());
		Instant turn = (note.location() != null) ? this.calls.request(note.turn(), now()) : null;
		if (turn != null) {
			return postpone(turn, note.queued(turn).write());
		}
		return FollowUpObservation.observe(this.observations, this.collaborators.observedName().apply(note.account()),
				note.type(), (observation) -> followUp(instance.getId(), note.asked(), observation));
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		Duration delay = doubled(this.times.firstCheck(), attempts, this.times.maxDelay());
		operations.reschedule(complete, now().plus(delay));
		logger.error("A follow-up failed in attempt " + attempts + ". The next attempt is in " + delay,
				complete.getCause().orElse(null));
	}

	/**
	 * Repeat a follow-up whose instance has crashed.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		operations.reschedule(complete, now());
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
		Instant now = now();
		if (response.outcome() == Outcome.UNKNOWN) {
			if (this.times.isUnknownForTooLong(note.unknownFor()) || !now.isBefore(this.times.end(note))) {
				return giveUp(key, note, observation);
			}
			Duration delay = this.times.delayWhileUnknown(note.unknownFor());
			return after(spread(delay), note.unknown(delay));
		}
		FollowUpNote next = (response.outcome() == Outcome.PENDING) ? note.expiring(response.expiresAt()) : note;
		Instant end = this.times.end(next);
		if (!now.isBefore(end)) {
			return giveUp(key, next, observation);
		}
		Instant time = now.plus(delay(next, response.retryAfter()));
		return next(time.isBefore(end) ? time : end, next.write());
	}

	/**
	 * Handle a request without a URL: it is being sent, or its instance has crashed. The
	 * first execution only waits, because the clocks of instances may differ.
	 */
	private CompletionHandler<String> withoutLocation(String key, FollowUpNote note, FollowUpObservation observation) {
		if (note.calls() == 1) {
			observation.outcome(Outcome.PENDING);
			return after(this.times.maxTimeWithoutLocation().dividedBy(2), note);
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
			return after(spread(BUSY_DELAY), note);
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
		Duration delay = doubled(this.times.firstCheck(), note.calls() + 1, this.times.maxDelay());
		return (retryAfter != null && retryAfter.compareTo(delay) > 0) ? spread(retryAfter) : delay;
	}

	private CompletionHandler<String> after(Duration delay, FollowUpNote note) {
		return next(now().plus(delay), note.write());
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
	record Collaborators(AccountClients clients, UnaryOperator<String> observedName, Supplier<EventReceiver> receiver,
			Supplier<EventDispatcher> dispatcher, Supplier<FollowUpNotes> notes) {

	}

}
