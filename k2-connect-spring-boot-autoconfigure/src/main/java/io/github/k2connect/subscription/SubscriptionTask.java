package io.github.k2connect.subscription;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

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
import io.github.k2connect.K2Location;
import io.github.k2connect.account.UnknownK2AccountException;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.webhook.WebhookService;
import io.github.k2connect.webhook.WebhookSubscriptionStatus;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

import org.springframework.core.log.LogFormatUtils;

/**
 * Task that creates each declared subscription once, and then checks it every hour. A
 * subscription in the configuration is handled by the instances that have this
 * configuration.
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

	private static final Duration DAILY = Duration.ofDays(1);

	private static final int MAX_LOGGED_LENGTH = 300;

	private static final int MAX_MISSING = 3;

	private final Supplier<Map<String, Declaration>> configured;

	private final Function<String, WebhookService> services;

	/**
	 * Create the task.
	 * @param configured supplies the subscriptions in the configuration by key, when they
	 * are first needed
	 * @param services returns the service of an account
	 * @param executions the conditions for its executions
	 */
	SubscriptionTask(Supplier<Map<String, Declaration>> configured, Function<String, WebhookService> services,
			Executions executions) {
		super(NAME, executions);
		this.configured = configured;
		this.services = services;
	}

	/**
	 * Schedule the subscriptions in the configuration, unless they are already scheduled.
	 */
	@Override
	public void onStartup(SchedulerClient client, com.github.kagkarlsson.scheduler.Clock schedulerClock) {
		Map<String, Declaration> declarations = this.configured.get();
		declarations.forEach((key, declaration) -> client.scheduleIfNotExists(
				instance(key, SubscriptionState.configured(declaration).write()), schedulerClock.now()));
		if (!declarations.isEmpty()) {
			reportRemoved(client, declarations);
		}
	}

	private static void reportRemoved(SchedulerClient client, Map<String, Declaration> declarations) {
		client.fetchScheduledExecutionsForTask(NAME, String.class, (execution) -> {
			SubscriptionState state = SubscriptionState.read(execution.getData());
			if (state.declaration() == null && !declarations.containsKey(execution.getTaskInstance().getId())) {
				logger.info("The subscription to " + state.name() + " is no longer in the configuration. "
						+ "It is not removed at Kopo Kopo" + at(state));
			}
		});
	}

	@Override
	protected CompletionHandler<String> run(TaskInstance<String> instance, ExecutionContext context) {
		SubscriptionState state = SubscriptionState.read(instance.getData());
		Declaration declaration = (state.declaration() != null) ? state.declaration()
				: this.configured.get().get(instance.getId());
		if (declaration == null) {
			return after(spread(SOON), state);
		}
		WebhookService service;
		try {
			service = this.services.apply(declaration.account());
		}
		catch (RuntimeException ex) {
			return withoutAccount(declaration, state, ex);
		}
		return switch (state.phase()) {
			case DECLARED -> after(AT_ONCE, state.sending());
			case SENDING -> make(service, declaration, state);
			case UNCERTAIN -> reportUncertain(state);
			case MADE, SEEN -> check(service, state);
		};
	}

	/**
	 * Wait until the account can be used. Nothing was sent.
	 */
	private CompletionHandler<String> withoutAccount(Declaration declaration, SubscriptionState state,
			RuntimeException failure) {
		boolean unknown = failure instanceof UnknownK2AccountException;
		logger.warn(
				"The subscription to " + state.name() + " cannot be created or checked, because the account '"
						+ declaration.account() + "' " + (unknown ? "does not exist" : "cannot be used"),
				unknown ? null : failure);
		Duration longest = unknown ? DAILY : HOURLY;
		return switch (state.phase()) {
			case DECLARED, SENDING -> after(doubled(SOON, state.failures() + 1, longest), state.refused());
			case UNCERTAIN, MADE, SEEN -> after(spread(longest), state);
		};
	}

	private CompletionHandler<String> make(WebhookService service, Declaration declaration, SubscriptionState state) {
		try {
			SubscriptionState made = state.made(service.subscribe(declaration.request()).uri());
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

	private CompletionHandler<String> check(WebhookService service, SubscriptionState state) {
		URI location = state.location();
		if (location == null) {
			return reportUncertain(state.uncertain());
		}
		try {
			WebhookSubscriptionStatus status = service.getStatus(new K2Location(location));
			logger.debug("The subscription to " + state.name() + " is " + status.status());
			return after(spread(HOURLY), state.seen(now()));
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
