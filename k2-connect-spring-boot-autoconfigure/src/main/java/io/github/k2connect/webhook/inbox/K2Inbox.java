package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;

import com.github.kagkarlsson.scheduler.exceptions.SerializationException;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import io.github.k2connect.webhook.store.EventIdentity;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * The events that are received and not handled yet.
 */
public final class K2Inbox {

	private static final Log logger = LogFactory.getLog(K2Inbox.class);

	private final InboxClient client;

	private final InboxTable table;

	private final Consumer<EventIdentity> memory;

	private final Supplier<@Nullable InboxOverview> overview;

	/**
	 * Create the inbox.
	 * @param client the client for db-scheduler
	 * @param table the table of the inbox
	 * @param memory remembers that an event need not be published
	 * @param overview supplies what operators see, or {@code null} without table
	 */
	K2Inbox(InboxClient client, InboxTable table, Consumer<EventIdentity> memory,
			Supplier<@Nullable InboxOverview> overview) {
		this.client = client;
		this.table = table;
		this.memory = memory;
		this.overview = overview;
	}

	/**
	 * Return the number of events that wait for an attempt or are being handled, without
	 * parked events.
	 * @return the number for all instances
	 */
	public long waiting() {
		return this.table.waiting();
	}

	/**
	 * Return the parked events: all their attempts failed.
	 * @return the events
	 */
	public List<ParkedEvent> parked() {
		List<ParkedEvent> parked = new ArrayList<>();
		this.client.forEachParked((execution) -> parked.add(ParkedEvent.of(execution.getTaskInstance().getId(),
				execution::getData, execution.getConsecutiveFailures(), execution.getLastFailure())));
		return List.copyOf(parked);
	}

	/**
	 * Return whether the table exists. In direct mode it may not.
	 * @return {@code false} if there is nothing for operators to see
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public boolean hasTable() {
		return this.overview.get() != null;
	}

	/**
	 * Return the state of the inbox for operators, within limited time.
	 * @return the state for all instances
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public State state() {
		return overview().state();
	}

	/**
	 * Return parked events for operators, within limited time.
	 * @param max the maximum number
	 * @return the events, those that were due first at the front
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public List<ParkedEvent> parked(int max) {
		return overview().parked(max);
	}

	private InboxOverview overview() {
		return Objects.requireNonNull(this.overview.get());
	}

	/**
	 * Schedule a parked event again, with all its attempts.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean retry(String key) {
		return this.client.retry(key);
	}

	/**
	 * Schedule all parked events again.
	 * @return the number of events
	 */
	public int retryAll() {
		List<String> keys = new ArrayList<>();
		this.client.forEachParked((execution) -> keys.add(execution.getTaskInstance().getId()));
		return (int) keys.stream().filter(this::retry).count();
	}

	/**
	 * Delete a parked event without handling it. If it is delivered again, it is received
	 * as a new event. The reconciliation does not take its payment for missed.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean discard(String key) {
		EventIdentity superseded = supersededBy(key);
		return this.client.discard(key, () -> {
			if (superseded != null) {
				this.memory.accept(superseded);
			}
		});
	}

	private @Nullable EventIdentity supersededBy(String key) {
		try {
			String data = this.client.data(key);
			return (data != null) ? OwnEvent.supersededBy(StoredEvent.read(data).decode().identity()) : null;
		}
		catch (SerializationException | UnreadableJsonException | IllegalStateException ex) {
			logger.debug("A discarded event is unreadable (" + ex.getClass().getSimpleName() + ")");
			return null;
		}
	}

	/**
	 * The state of the inbox.
	 *
	 * @param waiting the number of events that wait or are being handled
	 * @param oldestWaiting when the oldest of them was received, or {@code null}
	 * @param parked the number of parked events
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public record State(long waiting, @Nullable Instant oldestWaiting, long parked) {

	}

}
