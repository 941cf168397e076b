package io.github.k2connect.subscription;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import com.github.kagkarlsson.scheduler.ScheduledExecutionsFilter;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import io.github.k2connect.K2Location;
import io.github.k2connect.scheduling.K2Scheduler;
import io.github.k2connect.scheduling.K2Scheduler.Need;
import io.github.k2connect.webhook.DeclaredSubscription;
import io.github.k2connect.webhook.K2Subscriptions;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * {@link K2Subscriptions} in db-scheduler's table.
 */
final class StoredSubscriptions implements K2Subscriptions {

	private final SubscriptionAccounts accounts;

	private final K2Scheduler scheduler;

	private final Supplier<Map<String, Declaration>> configured;

	private final Clock clock;

	/**
	 * Create the subscriptions.
	 * @param accounts the accounts
	 * @param scheduler the scheduler
	 * @param configured supplies the subscriptions in the configuration, by key
	 * @param clock the clock for the time of the first execution
	 */
	StoredSubscriptions(SubscriptionAccounts accounts, K2Scheduler scheduler,
			Supplier<Map<String, Declaration>> configured, Clock clock) {
		this.accounts = accounts;
		this.scheduler = scheduler;
		this.configured = configured;
		this.clock = clock;
	}

	@Override
	public void declare(String account, WebhookSubscriptionRequest request) {
		Declaration declaration = this.accounts.declaration(account, request);
		String key = this.accounts.key(declaration);
		this.scheduler.inTransaction(() -> store(key, declaration));
	}

	private void store(String key, Declaration declaration) {
		TaskInstance<String> instance = new TaskInstance<>(SubscriptionTask.NAME, key,
				SubscriptionState.declared(declaration).write());
		if (!client().scheduleIfNotExists(instance, this.clock.instant())) {
			client().getScheduledExecution(TaskInstanceId.of(SubscriptionTask.NAME, key))
				.ifPresent((existing) -> takeOver(existing, declaration));
		}
	}

	/**
	 * Keep the declaration with a subscription that was in the configuration only, so
	 * that it may be removed there.
	 * @throws ConcurrencyFailureException if an execution would overwrite the declaration
	 */
	private void takeOver(ScheduledExecution<Object> existing, Declaration declaration) {
		SubscriptionState state = SubscriptionState.read(String.valueOf(existing.getData()));
		if (state.declaration() == null) {
			try {
				client().reschedule(existing.getTaskInstance(), existing.getExecutionTime(),
						state.with(declaration).write());
			}
			catch (TaskInstanceCurrentlyExecutingException ex) {
				throw new ConcurrencyFailureException(
						"This subscription of the configuration is being checked. Repeat the declaration", ex);
			}
		}
	}

	@Override
	public List<DeclaredSubscription> declared() {
		List<DeclaredSubscription> declared = new ArrayList<>();
		client().fetchScheduledExecutionsForTask(SubscriptionTask.NAME, String.class, ScheduledExecutionsFilter.all(),
				(execution) -> {
					SubscriptionState state = SubscriptionState.read(execution.getData());
					Declaration declaration = (state.declaration() != null) ? state.declaration()
							: this.configured.get().get(execution.getTaskInstance().getId());
					if (declaration != null) {
						declared.add(new DeclaredSubscription(declaration.account(), declaration.request(),
								state.phase().state(),
								(state.location() != null) ? new K2Location(state.location()) : null,
								state.lastSeen()));
					}
				});
		declared.sort(Comparator.comparing(DeclaredSubscription::account)
			.thenComparing((subscription) -> subscription.request().eventType()));
		return List.copyOf(declared);
	}

	private SchedulerClient client() {
		return this.scheduler.scheduler(Need.DECLARED_SUBSCRIPTIONS);
	}

}
