package io.github.k2connect.subscription;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

import io.github.k2connect.K2Location;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.WebhookSubscriptionRequest;

import org.springframework.dao.ConcurrencyFailureException;

/**
 * {@link K2Subscriptions} in the table of tasks.
 */
final class StoredSubscriptions implements K2Subscriptions {

	private final SubscriptionAccounts accounts;

	private final TaskTable table;

	private final Supplier<Map<String, Declaration>> configured;

	private final Clock clock;

	/**
	 * Create the subscriptions.
	 * @param accounts the accounts
	 * @param table the table of tasks
	 * @param configured supplies the subscriptions in the configuration, by key
	 * @param clock the clock for the time of the first execution
	 */
	StoredSubscriptions(SubscriptionAccounts accounts, TaskTable table, Supplier<Map<String, Declaration>> configured,
			Clock clock) {
		this.accounts = accounts;
		this.table = table;
		this.configured = configured;
		this.clock = clock;
	}

	@Override
	public void declare(String account, WebhookSubscriptionRequest request) {
		Declaration declaration = this.accounts.declaration(account, request);
		String key = this.accounts.key(declaration);
		this.table.inTransaction(() -> store(key, declaration));
	}

	private void store(String key, Declaration declaration) {
		String state = SubscriptionState.declared(declaration).write();
		if (!this.table.insertIfAbsent(new NewRow(SubscriptionTask.NAME, key, state, null, this.clock.instant()))) {
			this.table.find(SubscriptionTask.NAME, key).ifPresent((existing) -> takeOver(existing, declaration));
		}
	}

	/**
	 * Keep the declaration with a subscription that was in the configuration only, so
	 * that it may be removed there.
	 * @throws ConcurrencyFailureException if an execution would overwrite the declaration
	 */
	private void takeOver(Row existing, Declaration declaration) {
		SubscriptionState state = SubscriptionState.read(existing.data());
		if (state.declaration() == null && !this.table.update(SubscriptionTask.NAME, existing.id(), existing.time(),
				state.with(declaration).write())) {
			throw new ConcurrencyFailureException(
					"This subscription of the configuration is being checked. Repeat the declaration");
		}
	}

	@Override
	public List<DeclaredSubscription> declared() {
		List<DeclaredSubscription> declared = new ArrayList<>();
		this.table.all(SubscriptionTask.NAME).forEach((row) -> {
			SubscriptionState state = SubscriptionState.read(row.data());
			Declaration declaration = (state.declaration() != null) ? state.declaration()
					: this.configured.get().get(row.id());
			if (declaration != null) {
				declared
					.add(new DeclaredSubscription(declaration.account(), declaration.request(), state.phase().state(),
							(state.location() != null) ? new K2Location(state.location()) : null, state.lastSeen()));
			}
		});
		declared.sort(Comparator.comparing(DeclaredSubscription::account)
			.thenComparing((subscription) -> subscription.request().eventType()));
		return List.copyOf(declared);
	}

}
