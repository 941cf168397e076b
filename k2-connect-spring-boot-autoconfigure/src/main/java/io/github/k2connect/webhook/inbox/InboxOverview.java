package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import io.github.k2connect.scheduling.TaskTable.Row;
import io.github.k2connect.webhook.inbox.K2Inbox.State;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of the inbox. Each method sends statements whose result and time are
 * limited.
 */
final class InboxOverview {

	/**
	 * The number of events whose time of receipt is read. The table has no column for it.
	 * The oldest event is among those that were due first, or that failed most often.
	 */
	private static final int CANDIDATES = 5;

	private final InboxTable table;

	/**
	 * Create the overview.
	 * @param table the table of the inbox, with a limited time for each statement
	 */
	InboxOverview(InboxTable table) {
		this.table = table;
	}

	State state() {
		long waiting = this.table.waiting();
		return new State(waiting, (waiting > 0) ? oldestWaiting() : null, this.table.parked());
	}

	List<ParkedEvent> parked(int max) {
		return this.table.firstParked(max).stream().map(ParkedEvent::of).toList();
	}

	private @Nullable Instant oldestWaiting() {
		return Stream
			.of(this.table.firstWaiting("execution_time", CANDIDATES),
					this.table.firstWaiting("consecutive_failures DESC, execution_time", CANDIDATES))
			.flatMap(List::stream)
			.map(InboxOverview::receivedAt)
			.flatMap(Optional::stream)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	private static Optional<Instant> receivedAt(Row row) {
		try {
			return Optional.of(StoredEvent.read(row.data()).receivedAt());
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

}
