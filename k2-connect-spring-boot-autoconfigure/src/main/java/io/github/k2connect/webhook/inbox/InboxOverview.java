package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import com.github.kagkarlsson.scheduler.serializer.Serializer;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * What operators see of the inbox. Each method sends statements whose time and result are
 * limited.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InboxOverview {

	/**
	 * The number of events whose time of receipt is read. The table has no column for it.
	 * The oldest event is among those that were due first, or that failed most often.
	 */
	private static final int CANDIDATES = 5;

	private final InboxTable table;

	private final Serializer serializer;

	/**
	 * Create the overview.
	 * @param table the table of the inbox, with a limited time for each statement
	 * @param serializer db-scheduler's serializer for the data of tasks
	 */
	InboxOverview(InboxTable table, Serializer serializer) {
		this.table = table;
		this.serializer = serializer;
	}

	/**
	 * Return the state of the inbox.
	 * @return the state for all instances
	 */
	public State state() {
		long waiting = this.table.waiting();
		return new State(waiting, (waiting > 0) ? oldestWaiting() : null, this.table.parked());
	}

	/**
	 * Return parked events.
	 * @param max the maximum number
	 * @return the events, those that were due first at the front
	 */
	public List<ParkedEvent> parked(int max) {
		return this.table.parked(max,
				(row) -> ParkedEvent.of(row.key(), () -> text(row.data()), row.failures(), row.lastFailure()));
	}

	private @Nullable Instant oldestWaiting() {
		return Stream
			.of(this.table.firstWaiting("execution_time", CANDIDATES),
					this.table.firstWaiting("consecutive_failures DESC, execution_time", CANDIDATES))
			.flatMap(List::stream)
			.map(this::receivedAt)
			.flatMap(Optional::stream)
			.min(Comparator.naturalOrder())
			.orElse(null);
	}

	private Optional<Instant> receivedAt(byte[] data) {
		try {
			return Optional.of(StoredEvent.read(text(data)).receivedAt());
		}
		catch (RuntimeException ex) {
			return Optional.empty();
		}
	}

	private String text(byte[] data) {
		return Objects.requireNonNullElse(this.serializer.deserialize(String.class, data), "");
	}

	/**
	 * The state of the inbox.
	 *
	 * @param waiting the number of events that wait or are being handled
	 * @param oldestWaiting when the oldest of them was received, or {@code null}
	 * @param parked the number of parked events
	 */
	public record State(long waiting, @Nullable Instant oldestWaiting, long parked) {

	}

}
