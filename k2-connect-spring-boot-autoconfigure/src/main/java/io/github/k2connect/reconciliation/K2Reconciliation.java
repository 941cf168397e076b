package io.github.k2connect.reconciliation;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import io.github.k2connect.AccountName;
import io.github.k2connect.K2Exception;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.webhook.store.JdbcEventStore;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * The tills whose payments are reconciled.
 */
public final class K2Reconciliation {

	private final Collection<Till> tills;

	private final TaskTable table;

	private final JdbcEventStore store;

	private final Consumer<String> accountCheck;

	/**
	 * Create the reconciliation.
	 * @param tills the tills of the configuration
	 * @param table the table of tasks
	 * @param store remembers which events were handled
	 * @param accountCheck throws an exception if there is no account with a name, or if
	 * it cannot poll
	 */
	K2Reconciliation(Collection<Till> tills, TaskTable table, JdbcEventStore store, Consumer<String> accountCheck) {
		this.tills = List.copyOf(tills);
		this.table = table;
		this.store = store;
		this.accountCheck = accountCheck;
	}

	/**
	 * Return the tills of the configuration, and what was found at each.
	 * @return the tills, also those that were not checked yet
	 */
	public List<ReconciledTill> tills() {
		return this.tills.stream().map(this::reconciled).toList();
	}

	private ReconciledTill reconciled(Till till) {
		return this.table.find(ReconciliationTask.NAME, till.key())
			.map((row) -> TillCheck.read(row.data()))
			.map((check) -> new ReconciledTill(till.account(), till.number(), check.lastComplete(), check.missed()))
			.orElseGet(() -> new ReconciledTill(till.account(), till.number(), null, 0));
	}

	/**
	 * Check a till of the default account. This method returns when the check is
	 * scheduled. Payments that no message told of are published as always.
	 * @param till the number of any till, or {@code null} for the whole company
	 * @param from the start of the period
	 * @param to the end of the period
	 * @throws IllegalArgumentException if the till is not 1 to 40 letters and digits, or
	 * the period is empty or in the future, or begins before the handled events that are
	 * still remembered
	 */
	public void check(@Nullable String till, OffsetDateTime from, OffsetDateTime to) {
		check(AccountName.DEFAULT, till, from, to);
	}

	/**
	 * Check a till, as {@link #check(String, OffsetDateTime, OffsetDateTime)}.
	 * @param account the name of the Kopo Kopo account
	 * @param till the number of any till, or {@code null} for the whole company
	 * @param from the start of the period
	 * @param to the end of the period
	 * @throws IllegalArgumentException if the till is not 1 to 40 letters and digits, or
	 * the period is empty or in the future, or begins before the handled events that are
	 * still remembered
	 * @throws K2Exception if there is no such account
	 * @throws IllegalStateException if the account has no client id and client secret
	 */
	public void check(String account, @Nullable String till, OffsetDateTime from, OffsetDateTime to) {
		Till target = (till != null) ? Till.of(account, till) : new Till(account, null);
		this.accountCheck.accept(account);
		Instant now = this.store.currentTime();
		Instant end = to.toInstant().isBefore(now) ? to.toInstant() : now;
		Assert.isTrue(from.toInstant().isBefore(end), "from must be before to, and not in the future");
		Assert.isTrue(from.toInstant().isAfter(now.minus(this.store.retention())),
				"from must be later: handled events are remembered for k2.store.retention only");
		TillCheck check = TillCheck.once(target, new Period(from.toInstant(), end));
		NewRow row = new NewRow(ReconciliationTask.NAME, TillCheck.newKeyOnce(), check.write(), null, Instant.now());
		this.table.inTransaction(() -> this.table.insert(List.of(row)));
		this.table.wake();
	}

}
