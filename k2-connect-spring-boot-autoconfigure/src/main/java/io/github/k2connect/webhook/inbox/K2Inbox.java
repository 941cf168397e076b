package io.github.k2connect.webhook.inbox;

import java.util.ArrayList;
import java.util.List;

/**
 * The events that are received and not handled yet.
 */
public final class K2Inbox {

	private final InboxClient client;

	private final InboxTable table;

	/**
	 * Create the inbox.
	 * @param client the client for db-scheduler
	 * @param table the table of the inbox
	 */
	K2Inbox(InboxClient client, InboxTable table) {
		this.client = client;
		this.table = table;
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
	 * as a new event.
	 * @param key the event's key
	 * @return {@code false} if no such event is parked
	 */
	public boolean discard(String key) {
		return this.client.discard(key);
	}

}
