package io.github.k2connect.webhook.inbox;

import java.time.Instant;

import io.github.k2connect.scheduling.TaskTable.Row;

/**
 * An event with only failed attempts.
 *
 * @param key the key in the inbox
 * @param account the name of the account that it is for
 * @param kind the topic or type, or {@code unknown}
 * @param id the event's id
 * @param receivedAt when it was received
 * @param attempts how many attempts failed
 * @param lastFailedAt when the last one failed
 */
public record ParkedEvent(String key, String account, String kind, String id, Instant receivedAt, int attempts,
		Instant lastFailedAt) {

	private static final String UNKNOWN = "unknown";

	static ParkedEvent of(Row row) {
		Instant lastFailedAt = (row.lastFailure() != null) ? row.lastFailure() : Instant.EPOCH;
		try {
			StoredEvent event = StoredEvent.read(row.data());
			return new ParkedEvent(row.id(), event.account(), event.kind(), event.id(), event.receivedAt(),
					row.failures(), lastFailedAt);
		}
		catch (RuntimeException ex) {
			return new ParkedEvent(row.id(), UNKNOWN, UNKNOWN, UNKNOWN, Instant.EPOCH, row.failures(), lastFailedAt);
		}
	}

}
