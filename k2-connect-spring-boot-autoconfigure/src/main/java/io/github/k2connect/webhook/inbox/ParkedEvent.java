package io.github.k2connect.webhook.inbox;

import java.time.Instant;

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

}
