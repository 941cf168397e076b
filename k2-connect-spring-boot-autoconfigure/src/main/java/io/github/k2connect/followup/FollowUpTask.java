package io.github.k2connect.followup;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.FollowUpFailedException;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.client.ApiClient;
import io.github.k2connect.event.UnresolvedK2Request;
import io.github.k2connect.followup.StatusResponse.Pending;
import io.github.k2connect.followup.StatusResponse.Result;
import io.github.k2connect.followup.StatusResponse.Unavailable;
import io.github.k2connect.followup.StatusResponse.Unknown;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.reception.EventReceiver;
import io.github.k2connect.webhook.reception.EventReceiver.Reception;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.jspecify.annotations.Nullable;

/**
 * Task that follows up a started request: each execution requests the status once, until
 * the result is final.
 */
final class FollowUpTask implements K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = "k2-follow-up";

	private static final Log logger = LogFactory.getLog(FollowUpTask.class);

	private final Function<String, ApiClient> clients;

	private final UnaryOperator<String> observedName;

	private final EventReceiver receiver;

	private final OwnEvents inbox;

	private final FollowUpRecorder recorder;

	private final CallQueue calls;

	private final FollowUpTimes times;

	private final ObservationRegistry observations;

	private final Delays delays;

	/**
	 * Create the task.
	 * @param clients returns the client of an account
	 * @param observedName returns the name of an account in metrics
	 * @param receiver the receiver of results, also of those that come by callback
	 * @param inbox stores the event for a request without a result
	 * @param recorder the URLs that are not stored yet
	 * @param calls the limit for the status requests of this instance
	 * @param times the times of a follow-up
	 * @param observations the registry for the observations of the executions
	 * @param delays the time
	 */
	FollowUpTask(Function<String, ApiClient> clients, UnaryOperator<String> observedName, EventReceiver receiver,
			OwnEvents inbox, FollowUpRecorder recorder, CallQueue calls, FollowUpTimes times,
			ObservationRegistry observations, Delays delays) {
		this.clients = clients;
		this.observedName = observedName;
		this.receiver = receiver;
		this.inbox = inbox;
		this.recorder = recorder;
		this.calls = calls;
		this.times = times;
		this.observations = observations;
		this.delays = delays;
	}

	@Override
	public String name() {
		return NAME;
	}

	@Override
	public Threads threads() {
		return Threads.CALLS;
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		if (this.recorder.saveUnsaved(execution.id())) {
			return NextStep.remove();
		}
		FollowUpState state = FollowUpState.read(execution.data());
		Instant turn = (state.location() != null) ? this.calls.request(state.turn(), this.delays.now()) : null;
		if (turn != null) {
			return NextStep.postpone(turn, state.queued(turn).write());
		}
		Observation observation = K2Meter.FOLLOW_UP.observation(this.observations)
			.lowCardinalityKeyValue(Tag.ACCOUNT.withValue(this.observedName.apply(state.account())))
			.lowCardinalityKeyValue(Tag.KIND.withValue(state.type()));
		outcome(observation, Value.FAILED);
		return observe(observation, () -> followUp(execution.id(), state.asked(), observation));
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
	public NextStep failed(TaskExecution execution, Throwable failure) {
		int attempts = execution.failures() + 1;
		Duration delay = this.delays.doubled(this.times.firstCheck(), attempts, this.times.maxDelay());
		return (row) -> {
			row.retry(this.delays.now().plus(delay), null);
			logger.error("A follow-up failed in attempt " + attempts + ". The next attempt is in " + delay, failure);
		};
	}

	@Override
	public NextStep crashed(TaskExecution execution) {
		return NextStep.retry(this.delays.now());
	}

	private NextStep followUp(String key, FollowUpState state, Observation observation) {
		if (state.location() == null) {
			return withoutLocation(key, state, observation);
		}
		StatusResponse response = StatusRequest.send(state, state.location(), this.clients);
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

	private NextStep checkUnknown(String key, FollowUpState state, Observation observation) {
		if (this.times.isUnknownForTooLong(state.unknownFor()) || !this.delays.now().isBefore(this.times.end(state))) {
			return giveUp(key, state, observation);
		}
		Duration delay = this.times.delayWhileUnknown(state.unknownFor());
		return after(this.delays.spread(delay), state.unknown(delay));
	}

	private NextStep check(String key, FollowUpState state, @Nullable Duration retryAfter, Observation observation) {
		Instant now = this.delays.now();
		Instant end = this.times.end(state);
		if (!now.isBefore(end)) {
			return giveUp(key, state, observation);
		}
		Instant time = now.plus(delay(state, retryAfter));
		return NextStep.at(time.isBefore(end) ? time : end, state.write());
	}

	/**
	 * Handle a request without a URL: it is being sent, or its instance has crashed. The
	 * first execution only waits, because the clocks of instances may differ.
	 */
	private NextStep withoutLocation(String key, FollowUpState state, Observation observation) {
		if (state.calls() == 1) {
			outcome(observation, Value.PENDING);
			return after(this.times.maxTimeWithoutLocation().dividedBy(2), state);
		}
		return giveUp(key, state, observation);
	}

	private NextStep receive(FollowUpState state, ReceivedEvent result, Observation observation) {
		Reception reception = this.receiver.receive(result, Duration.ZERO, () -> {
		});
		if (reception == Reception.BUSY) {
			outcome(observation, Value.UNAVAILABLE);
			return after(this.delays.spread(this.times.delayWhileBusy()), state);
		}
		outcome(observation, Value.RESOLVED);
		return NextStep.remove();
	}

	private NextStep giveUp(String key, FollowUpState state, Observation observation) {
		outcome(observation, Value.UNRESOLVED);
		UnresolvedK2Request event = state.unresolved(key);
		return (row) -> {
			this.inbox.store(List.of(event), row::remove);
			logger.warn("No final result of " + state.name() + ", started at " + state.startedAt()
					+ ". An UnresolvedK2Request is published now");
		};
	}

	private static void outcome(Observation observation, Value outcome) {
		observation.lowCardinalityKeyValue(Tag.OUTCOME.of(outcome));
	}

	private Duration delay(FollowUpState state, @Nullable Duration retryAfter) {
		Duration delay = this.delays.doubled(this.times.firstCheck(), state.calls() + 1, this.times.maxDelay());
		return (retryAfter != null && retryAfter.compareTo(delay) > 0)
				? this.delays.spread(this.times.atMostMaxDelay(retryAfter)) : delay;
	}

	private NextStep after(Duration delay, FollowUpState state) {
		return NextStep.at(this.delays.now().plus(delay), state.write());
	}

}
