package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import com.github.kagkarlsson.scheduler.ScheduledExecution;
import org.apiguardian.api.API;

/**
 * The events that were received and are not handled yet.
 */
public final class K2Inbox {

	private static final String UNKNOWN = "unknown";

	private final InboxClient client;

	private final InboxTable table;

	/**
	 * Create the inbox.
	 * @param client speaks with db-scheduler
	 * @param table its table
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public K2Inbox(InboxClient client, InboxTable table) {
		this.client = client;
		this.table = table;
	}

	/**
	 * Return the number of events that wait for their first or next attempt, or are in
	 * work. What is parked is not counted.
	 * @return the number, at all instances
	 */
	public long waiting() {
		return this.table.waiting();
	}

	/**
	 * Return the events that were not handled in any of their attempts.
	 * @return the events
	 */
	public List<ParkedEvent> parked() {
		List<ParkedEvent> parked = new ArrayList<>();
		this.client.forEachParked((execution) -> parked.add(parked(execution)));
		return List.copyOf(parked);
	}

	/**
	 * Let a parked event be handled now. It has all its attempts again.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean retry(String key) {
		return this.client.retry(key);
	}

	/**
	 * Let all parked events be handled now.
	 * @return how many there were
	 */
	public int retryAll() {
		List<String> keys = new ArrayList<>();
		this.client.forEachParked((execution) -> keys.add(execution.getTaskInstance().getId()));
		return (int) keys.stream().filter(this::retry).count();
	}

	/**
	 * Delete a parked event. It is not handled; when it is delivered again, it is
	 * received as a new one.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean discard(String key) {
		return this.client.discard(key);
	}

	private static ParkedEvent parked(ScheduledExecution<String> execution) {
		String key = execution.getTaskInstance().getId();
		Instant lastFailure = execution.getLastFailure();
		Instant lastFailedAt = (lastFailure != null) ? lastFailure : Instant.EPOCH;
		try {
			StoredEvent event = StoredEvent.read(execution.getData());
			return new ParkedEvent(key, event.account(), event.kind(), event.id(), event.receivedAt(),
					execution.getConsecutiveFailures(), lastFailedAt);
		}
		catch (RuntimeException ex) {
			return new ParkedEvent(key, UNKNOWN, UNKNOWN, UNKNOWN, Instant.EPOCH, execution.getConsecutiveFailures(),
					lastFailedAt);
		}
	}

}
