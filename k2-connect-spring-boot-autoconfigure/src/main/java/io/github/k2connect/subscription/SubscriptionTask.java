package io.github.k2connect.subscription;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2AuthenticationException;
import io.github.k2connect.K2Exception;
import io.github.k2connect.K2Location;
import io.github.k2connect.account.UnknownK2AccountException;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.NextStep;
import io.github.k2connect.scheduling.TaskExecution;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
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
final class SubscriptionTask implements K2Task {

	/**
	 * The name of the task.
	 */
	static final String NAME = "k2-subscription";

	private static final Log logger = LogFactory.getLog(SubscriptionTask.class);

	private static final Duration AT_ONCE = Duration.ZERO;

	private static final Duration SOON = Duration.ofMinutes(1);

	private static final Duration HOURLY = Duration.ofHours(1);

	private static final Duration DAILY = Duration.ofDays(1);

	private static final int MAX_LOGGED_LENGTH = 300;

	private static final int MAX_MISSING = 3;

	private final Supplier<Map<String, Declaration>> configured;

	private final Function<String, WebhookService> services;

	private final TaskTable table;

	private final Delays delays;

	/**
	 * Create the task.
	 * @param configured supplies the subscriptions in the configuration by key, when they
	 * are first needed
	 * @param services returns the service of an account
	 * @param table the table of tasks
	 * @param delays the time
	 */
	SubscriptionTask(Supplier<Map<String, Declaration>> configured, Function<String, WebhookService> services,
			TaskTable table, Delays delays) {
		this.configured = configured;
		this.services = services;
		this.table = table;
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

	/**
	 * Schedule the subscriptions in the configuration, unless they are already scheduled.
	 */
	@Override
	public void started() {
		Map<String, Declaration> declarations = this.configured.get();
		declarations.forEach((key, declaration) -> this.table.inTransaction(() -> this.table.insertIfAbsent(
				new NewRow(NAME, key, SubscriptionState.configured(declaration).write(), null, this.delays.now()))));
		if (!declarations.isEmpty()) {
			reportRemoved(declarations);
		}
	}

	private void reportRemoved(Map<String, Declaration> declarations) {
		this.table.all(NAME).forEach((row) -> {
			SubscriptionState state = SubscriptionState.read(row.data());
			if (state.declaration() == null && !declarations.containsKey(row.id())) {
				logger.info("The subscription to " + state.name() + " is no longer in the configuration. "
						+ "It is not removed at Kopo Kopo" + at(state));
			}
		});
	}

	@Override
	public NextStep execute(TaskExecution execution) {
		SubscriptionState state = SubscriptionState.read(execution.data());
		Declaration declaration = (state.declaration() != null) ? state.declaration()
				: this.configured.get().get(execution.id());
		if (declaration == null) {
			return after(this.delays.spread(SOON), state);
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
	private NextStep withoutAccount(Declaration declaration, SubscriptionState state, RuntimeException failure) {
		boolean unknown = failure instanceof UnknownK2AccountException;
		logger.warn(
				"The subscription to " + state.name() + " cannot be created or checked, because the account '"
						+ declaration.account() + "' " + (unknown ? "does not exist" : "cannot be used"),
				unknown ? null : failure);
		Duration longest = unknown ? DAILY : HOURLY;
		return switch (state.phase()) {
			case DECLARED, SENDING -> after(this.delays.doubled(SOON, state.failures() + 1, longest), state.refused());
			case UNCERTAIN, MADE, SEEN -> after(this.delays.spread(longest), state);
		};
	}

	private NextStep make(WebhookService service, Declaration declaration, SubscriptionState state) {
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
			return after(this.delays.doubled(SOON, state.failures() + 1, HOURLY), state.refused());
		}
	}

	private NextStep reportUncertain(SubscriptionState state) {
		logger.error("It is unknown whether Kopo Kopo created the subscription to " + state.name()
				+ ". Look it up in Kopo Kopo's dashboard. If it is not there, delete its row of task " + NAME
				+ " in the table " + this.table.name() + " and restart the application");
		return after(this.delays.spread(HOURLY), state);
	}

	private NextStep check(WebhookService service, SubscriptionState state) {
		URI location = state.location();
		if (location == null) {
			return reportUncertain(state.uncertain());
		}
		try {
			WebhookSubscriptionStatus status = service.getStatus(new K2Location(location));
			logger.debug("The subscription to " + state.name() + " is " + status.status());
			return after(this.delays.spread(HOURLY), state.seen(this.delays.now()));
		}
		catch (K2Exception ex) {
			if (ex instanceof K2ApiException response && response.statusCode() == 404) {
				return missing(state);
			}
			logger.warn("Could not check the subscription to " + state.name() + ": " + ex.getMessage() + reason(ex));
			return after(this.delays.spread(HOURLY), state);
		}
	}

	private NextStep missing(SubscriptionState state) {
		SubscriptionState missing = state.missing();
		if (missing.failures() < MAX_MISSING) {
			return after(SOON, missing);
		}
		if (state.phase() != SubscriptionState.Phase.SEEN) {
			logger.error("Kopo Kopo does not know the subscription to " + state.name() + " that it has accepted"
					+ at(state) + ". Look it up in Kopo Kopo's dashboard");
			return after(this.delays.spread(HOURLY), state);
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

	private NextStep after(Duration delay, SubscriptionState state) {
		return NextStep.at(this.delays.now().plus(delay), state.write());
	}

	@Override
	public NextStep failed(TaskExecution execution, Throwable failure) {
		logger.error("Failed to create or check a subscription", failure);
		return crashed(execution);
	}

	/**
	 * Repeat the execution. If it was sending the request, the outcome is uncertain.
	 */
	@Override
	public NextStep crashed(TaskExecution execution) {
		SubscriptionState state = SubscriptionState.read(execution.data());
		boolean sending = state.phase() == SubscriptionState.Phase.SENDING;
		return NextStep.retry(this.delays.now().plus(SOON), (sending ? state.uncertain() : state).write());
	}

}
