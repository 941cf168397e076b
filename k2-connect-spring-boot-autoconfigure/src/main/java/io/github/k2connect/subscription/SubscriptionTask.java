package io.github.k2connect.subscription;

import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.OnStartup;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogFormatUtils;

/**
 * Task that creates each subscription of the configuration once, and then checks it every
 * hour.
 */
final class SubscriptionTask extends K2Task implements OnStartup {

	/**
	 * The name of the task.
	 */
	static final String NAME = Need.SUBSCRIPTIONS.taskName();

	private static final Log logger = LogFactory.getLog(SubscriptionTask.class);

	private static final Duration AT_ONCE = Duration.ZERO;

	private static final Duration SOON = Duration.ofMinutes(1);

	private static final Duration HOURLY = Duration.ofHours(1);

	private static final int MAX_LOGGED_LENGTH = 300;

	private static final int MAX_MISSING = 3;

	private final Map<String, DeclaredSubscription> declared;

	private final Supplier<WebhookService> service;

	/**
	 * Create the task.
	 * @param declared the subscriptions of the configuration
	 * @param service supplies the service, when it is first needed
	 * @param executions the conditions for its executions
	 */
	SubscriptionTask(Collection<DeclaredSubscription> declared, Supplier<WebhookService> service,
			Executions executions) {
		super(NAME, executions);
		this.declared = declared.stream()
			.collect(Collectors.toUnmodifiableMap(DeclaredSubscription::key, Function.identity(), (one, same) -> one));
		this.service = service;
	}

	/**
	 * Schedule the declared subscriptions, unless they are already scheduled.
	 */
	@Override
	public void onStartup(SchedulerClient client, com.github.kagkarlsson.scheduler.Clock schedulerClock) {
		this.declared.forEach((key, subscription) -> client.scheduleIfNotExists(
				instance(key, SubscriptionState.declared(subscription.name()).write()), schedulerClock.now()));
		client.fetchScheduledExecutionsForTask(NAME, String.class, (execution) -> {
			if (!this.declared.containsKey(execution.getTaskInstance().getId())) {
				SubscriptionState state = SubscriptionState.read(execution.getData());
				logger.info("The subscription to " + state.name() + " is no longer in the configuration. "
						+ "It is not removed at Kopo Kopo" + at(state));
			}
		});
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		SubscriptionState state = SubscriptionState.read(instance.getData());
		DeclaredSubscription subscription = this.declared.get(instance.getId());
		if (subscription == null) {
			return after((state.phase() == SubscriptionState.Phase.DECLARED) ? SOON : HOURLY, state);
		}
		return switch (state.phase()) {
			case DECLARED -> after(AT_ONCE, state.sending());
			case SENDING -> make(subscription, state);
			case UNCERTAIN -> reportUncertain(state);
			case MADE, SEEN -> check(state);
		};
	}

	private CompletionHandler<String> make(DeclaredSubscription subscription, SubscriptionState state) {
		try {
			SubscriptionState made = state.made(this.service.get().subscribe(subscription.request()));
			logger.info("Subscribed to " + state.name() + at(made));
			return after(SOON, made);
		}
		catch (K2Exception ex) {
			if (ex.outcomeUnknown()) {
				return reportUncertain(state.uncertain());
			}
			logger.error("Failed to subscribe to " + state.name() + ": " + ex.getMessage() + reason(ex));
			return after(doubled(SOON, state.failures() + 1, HOURLY), state.refused());
		}
	}

	private CompletionHandler<String> reportUncertain(SubscriptionState state) {
		logger.error("It is unknown whether Kopo Kopo created the subscription to " + state.name()
				+ ". Look it up in Kopo Kopo's dashboard. If it is not there, delete its row of task " + NAME
				+ " in db-scheduler's table and restart the application");
		return after(spread(HOURLY), state);
	}

	private CompletionHandler<String> check(SubscriptionState state) {
		URI location = state.location();
		if (location == null) {
			return reportUncertain(state.uncertain());
		}
		try {
			WebhookSubscriptionStatus status = this.service.get().getStatus(location);
			logger.debug("The subscription to " + state.name() + " is " + status.status());
			return after(spread(HOURLY), state.seen());
		}
		catch (K2Exception ex) {
			if (ex instanceof K2ApiException response && response.statusCode() == 404) {
				return missing(state);
			}
			logger.warn("Could not check the subscription to " + state.name() + ": " + ex.getMessage() + reason(ex));
			return after(spread(HOURLY), state);
		}
	}

	private CompletionHandler<String> missing(SubscriptionState state) {
		SubscriptionState missing = state.missing();
		if (missing.failures() < MAX_MISSING) {
			return after(SOON, missing);
		}
		if (state.phase() != SubscriptionState.Phase.SEEN) {
			logger.error("Kopo Kopo does not know the subscription to " + state.name() + " that it has accepted"
					+ at(state) + ". Look it up in Kopo Kopo's dashboard");
			return after(spread(HOURLY), state);
		}
		logger.warn(
				"Kopo Kopo no longer knows the subscription to " + state.name() + at(state) + ". It is created again");
		return after(AT_ONCE, state.declaredAgain());
	}

	/**
	 * Return Kopo Kopo's reason. It may quote the request, which has no customer's data.
	 */
	private static String reason(K2Exception failure) {
		String reason = null;
		if (failure instanceof K2ApiException response) {
			reason = response.errorMessage();
			if (reason == null && failure instanceof K2AuthenticationException authentication) {
				reason = authentication.errorDescription();
			}
		}
		return (reason != null) ? ": " + LogFormatUtils.formatValue(reason, MAX_LOGGED_LENGTH, true) : "";
	}

	private static String at(SubscriptionState state) {
		return (state.location() != null) ? " (" + state.location() + ")" : "";
	}

	private CompletionHandler<String> after(Duration delay, SubscriptionState state) {
		return next(now().plus(delay), state.write());
	}

	@Override
	public void onFailure(ExecutionComplete complete, ExecutionOperations<String> operations) {
		logger.error("Failed to create or check a subscription", complete.getCause().orElse(null));
		deadExecution(complete, operations);
	}

	/**
	 * Repeat an execution that failed, or whose instance has crashed. If it was sending
	 * the request, the outcome is uncertain.
	 */
	@Override
	public void deadExecution(ExecutionComplete complete, ExecutionOperations<String> operations) {
		SubscriptionState state = SubscriptionState
			.read(String.valueOf(complete.getExecution().taskInstance.getData()));
		boolean sending = state.phase() == SubscriptionState.Phase.SENDING;
		operations.reschedule(complete, now().plus(SOON), (sending ? state.uncertain() : state).write());
	}

}
