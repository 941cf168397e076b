package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.followup.StatusResponse.Pending;
import io.github.k2connect.client.K2Client;
import io.github.k2connect.followup.StatusResponse.Result;
import io.github.k2connect.followup.StatusResponse.Unavailable;
import io.github.k2connect.followup.StatusResponse.Unknown;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.EventDispatcher;
import io.github.k2connect.webhook.EventReceiver;
import io.github.k2connect.webhook.EventReceiver.ReceivedEvent;
import io.github.k2connect.webhook.EventReceiver.Reception;
import io.github.k2connect.webhook.store.EventIdentity;
import io.micrometer.observation.Observation;
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
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		FollowUpRecorder recorder = this.collaborators.recorder().get();
		if (recorder.saveUnsaved(instance.getId())) {
			return new CompletionHandler.OnCompleteRemove<>();
		}
		FollowUpState state = FollowUpState.read(instance.getData());
		Instant turn = (state.location() != null) ? recorder.calls().request(state.turn(), now()) : null;
		if (turn != null) {
			return postpone(turn, state.queued(turn).write());
		}
		Observation observation = K2Meter.FOLLOW_UP.observation(this.observations)
			.lowCardinalityKeyValue(Tag.ACCOUNT.withValue(this.collaborators.observedName().apply(state.account())))
			.lowCardinalityKeyValue(Tag.KIND.withValue(state.type()));
		outcome(observation, Value.FAILED);
		return observe(observation, () -> followUp(instance.getId(), state.asked(), observation));
	}

	/**
	 * Observe an execution. The error always has the same class, so that each outcome has
	 * one time series.
	 */
	private static <T> T observe(Observation observation, Supplier<T> execution) {
		Observation.Scope scope = observation.start().openScope();
		try {
			return execution.get();
		}
		catch (Throwable ex) {
			observation.error(new FollowUpFailedException(ex));
			throw ex;
		}
		finally {
			scope.close();
			observation.stop();
		}
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		int attempts = complete.getExecution().consecutiveFailures + 1;
		Duration delay = doubled(this.times.firstCheck(), attempts, this.times.maxDelay());
		operations.reschedule(complete, now().plus(delay));
		logger.error("A follow-up failed in attempt " + attempts + ". The next attempt is in " + delay,
				complete.getCause().orElse(null));
	}

	private CompletionHandler<String> followUp(String key, FollowUpState state, Observation observation) {
		if (state.location() == null) {
			return withoutLocation(key, state, observation);
		}
		StatusResponse response = StatusRequest.send(state, state.location(), this.collaborators.clients());
		if (response instanceof Result result) {
			return receive(state, result.event(), observation);
		}
		if (response instanceof Unknown) {
			outcome(observation, Value.UNKNOWN);
			return checkUnknown(key, state, observation);
		}
		if (response instanceof Unavailable unavailable) {
			outcome(observation, unavailable.outcome());
			return check(key, state, unavailable.retryAfter(), observation);
		}
		outcome(observation, Value.PENDING);
		return check(key, state.expiring(((Pending) response).expiresAt()), null, observation);
	}

	private CompletionHandler<String> checkUnknown(String key, FollowUpState state, Observation observation) {
		if (this.times.isUnknownForTooLong(state.unknownFor()) || !now().isBefore(this.times.end(state))) {
			return giveUp(key, state, observation);
		}
		Duration delay = this.times.delayWhileUnknown(state.unknownFor());
		return after(spread(delay), state.unknown(delay));
	}

	private CompletionHandler<String> check(String key, FollowUpState state, @Nullable Duration retryAfter,
			Observation observation) {
		Instant now = now();
		Instant end = this.times.end(state);
		if (!now.isBefore(end)) {
			return giveUp(key, state, observation);
		}
		Instant time = now.plus(delay(state, retryAfter));
		return next(time.isBefore(end) ? time : end, state.write());
	}

	/**
	 * Handle a request without a URL: it is being sent, or its instance has crashed. The
	 * first execution only waits, because the clocks of instances may differ.
	 */
	private CompletionHandler<String> withoutLocation(String key, FollowUpState state, Observation observation) {
		if (state.calls() == 1) {
			outcome(observation, Value.PENDING);
			return after(this.times.maxTimeWithoutLocation().dividedBy(2), state);
		}
		return giveUp(key, state, observation);
	}

	private CompletionHandler<String> receive(FollowUpState state, ReceivedEvent result, Observation observation) {
		Reception reception = this.collaborators.receiver().get().receive(result, Duration.ZERO, () -> {
		});
		if (reception == Reception.BUSY) {
			outcome(observation, Value.UNAVAILABLE);
			return after(spread(BUSY_DELAY), state);
		}
		outcome(observation, Value.RESOLVED);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private CompletionHandler<String> giveUp(String key, FollowUpState state, Observation observation) {
		outcome(observation, Value.FAILED);
		String id = state.id();
		boolean published = this.collaborators.dispatcher()
			.get()
			.dispatch(new EventIdentity(state.account(), "unresolved " + state.type(), (id != null) ? id : key, null),
					new UnresolvedK2Request(state.account(), state.type(), id,
							(state.location() != null) ? new K2Location(state.location()) : null, state.startedAt(),
							state.metadata()));
		if (published) {
			logger.warn("No final result of " + state.name() + ", started at " + state.startedAt()
					+ ". An UnresolvedK2Request was published");
		}
		outcome(observation, Value.UNRESOLVED);
		return new CompletionHandler.OnCompleteRemove<>();
	}

	private static void outcome(Observation observation, Value outcome) {
		observation.lowCardinalityKeyValue(Tag.OUTCOME.of(outcome));
	}

	private Duration delay(FollowUpState state, @Nullable Duration retryAfter) {
		Duration delay = doubled(this.times.firstCheck(), state.calls() + 1, this.times.maxDelay());
		return (retryAfter != null && retryAfter.compareTo(delay) > 0) ? spread(retryAfter) : delay;
	}

	private CompletionHandler<String> after(Duration delay, FollowUpState state) {
		return next(now().plus(delay), state.write());
	}

	/**
	 * The collaborators of the task. They are resolved when they are first needed.
	 *
	 * @param clients returns the client of an account, which sends its access token
	 * @param observedName returns the name of an account in metrics
	 * @param receiver the receiver of results, also of those that come by callback
	 * @param dispatcher the publisher of {@link UnresolvedK2Request}
	 * @param recorder the URLs that are not stored yet
	 */
	record Collaborators(Function<String, K2Client> clients, UnaryOperator<String> observedName,
			Supplier<EventReceiver> receiver, Supplier<EventDispatcher> dispatcher,
			Supplier<FollowUpRecorder> recorder) {

	}

}
