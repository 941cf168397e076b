package io.github.k2connect.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

import io.github.k2connect.AccountName;
import io.github.k2connect.polling.PollingService;
import io.github.k2connect.scheduling.Delays;
import io.github.k2connect.scheduling.K2Task;
import io.github.k2connect.scheduling.TaskTable;
import io.github.k2connect.scheduling.TaskTable.NewRow;
import io.github.k2connect.webhook.inbox.OwnEvents;
import io.github.k2connect.webhook.store.JdbcEventStore;

/**
 * A reconciliation of one till of the default account, without an application context.
 */
public final class TestReconciliation {

	/**
	 * How far a check goes back at most.
	 */
	public static final Duration LOOK_BACK = Duration.ofDays(3);

	/**
	 * How long it takes to find a payment, if Kopo Kopo answers.
	 */
	public static final Duration DELAY = Duration.ofHours(2);

	private final Till till;

	private final Supplier<Instant> time;

	private final TaskTable table;

	private final ReconciliationTask task;

	/**
	 * Create the reconciliation.
	 */
	public TestReconciliation(String till, Function<String, PollingService> polling, Supplier<Instant> time,
			JdbcEventStore store, OwnEvents inbox, TaskTable table, Delays delays) {
		this.till = Till.of(AccountName.DEFAULT, till);
		this.time = time;
		this.table = table;
		this.task = new ReconciliationTask(List.of(this.till),
				new ReconciliationProperties(List.of(), false, Duration.ofHours(1), Duration.ofMinutes(10), LOOK_BACK),
				polling, time, store, inbox, (account, kind, count) -> {
				}, table, delays);
	}

	/**
	 * Return the task.
	 */
	public K2Task task() {
		return this.task;
	}

	/**
	 * Schedule the first check, unless it is scheduled.
	 */
	public void schedule() {
		Instant now = this.time.get();
		this.table.inTransaction(() -> this.table.insertIfAbsent(new NewRow(ReconciliationTask.NAME, this.till.key(),
				TillCheck.since(this.till, now).write(), null, now)));
	}

}
