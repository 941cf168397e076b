package io.github.k2connect.autoconfigure.actuate;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.LongSupplier;

import io.github.k2connect.Ticker;
import io.github.k2connect.idempotency.KeyOverview;
import io.github.k2connect.reconciliation.K2Reconciliation;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.jspecify.annotations.Nullable;

/**
 * Reads the work that waits in the database, with one connection.
 */
final class WorkMonitor {

	/**
	 * The maximum number of parked events in the details.
	 */
	static final int MAX_PARKED = 100;

	private static final int MAX_UNRESOLVED_KEYS = 100;

	private final @Nullable K2Inbox inbox;

	private final @Nullable LongSupplier followUps;

	private final @Nullable KeyOverview keys;

	private final @Nullable K2Reconciliation reconciliation;

	private final LimitedRead<StoredWork> work;

	private final LimitedRead<StoredWork.Details> details;

	/**
	 * Create a monitor.
	 * @param inbox the inbox, or {@code null} if there is none
	 * @param followUps counts the follow-ups, or {@code null} if there are none
	 * @param keys the idempotency keys, or {@code null} if there are none
	 * @param reconciliation the reconciliation, or {@code null} if there is none
	 */
	WorkMonitor(@Nullable K2Inbox inbox, @Nullable LongSupplier followUps, @Nullable KeyOverview keys,
			@Nullable K2Reconciliation reconciliation) {
		this.inbox = inbox;
		this.followUps = followUps;
		this.keys = keys;
		this.reconciliation = reconciliation;
		Executor thread = LimitedRead.newThread();
		this.work = new LimitedRead<>(this::read, thread, Ticker.SYSTEM);
		this.details = new LimitedRead<>(this::readDetails, thread, Ticker.SYSTEM);
	}

	boolean hasInbox() {
		return this.inbox != null;
	}

	boolean hasFollowUps() {
		return this.followUps != null;
	}

	boolean hasKeys() {
		return this.keys != null;
	}

	/**
	 * Return the work as it was a few seconds ago.
	 * @return the work, or empty if the database does not respond
	 */
	Optional<StoredWork> recent() {
		return this.work.recent();
	}

	/**
	 * Return the work as it is now.
	 * @return the work, or empty if the database does not respond
	 */
	Optional<StoredWork.Details> now() {
		return this.details.now();
	}

	private StoredWork read() {
		return new StoredWork((this.inbox != null) ? this.inbox.state() : null,
				(this.followUps != null) ? this.followUps.getAsLong() : null,
				(this.keys != null) ? this.keys.inDoubt() : null);
	}

	private StoredWork.Details readDetails() {
		return new StoredWork.Details(read(), (this.inbox != null) ? this.inbox.parked(MAX_PARKED) : List.of(),
				(this.keys != null) ? this.keys.unresolved(MAX_UNRESOLVED_KEYS) : null,
				(this.reconciliation != null) ? this.reconciliation.tills() : null);
	}

}
