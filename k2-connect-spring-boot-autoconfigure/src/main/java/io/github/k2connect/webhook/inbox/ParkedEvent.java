package io.github.k2connect.webhook.inbox;

import java.time.Instant;
import java.util.Objects;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

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

	/**
	 * Return the event of a row.
	 * @param key the key in the inbox
	 * @param data reads the stored event, or throws an exception if it is unreadable
	 * @param attempts how many attempts failed
	 * @param lastFailure when the last one failed, or {@code null}
	 */
	static ParkedEvent of(String key, Supplier<@Nullable String> data, int attempts, @Nullable Instant lastFailure) {
		Instant lastFailedAt = (lastFailure != null) ? lastFailure : Instant.EPOCH;
		try {
			StoredEvent event = StoredEvent.read(Objects.requireNonNull(data.get()));
			return new ParkedEvent(key, event.account(), event.kind(), event.id(), event.receivedAt(), attempts,
					lastFailedAt);
		}
		catch (RuntimeException ex) {
			return new ParkedEvent(key, UNKNOWN, UNKNOWN, UNKNOWN, Instant.EPOCH, attempts, lastFailedAt);
		}
	}

}
