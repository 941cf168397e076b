package io.github.k2connect.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A genuine message from Kopo Kopo that this version cannot decode: its topic or type is
 * not known, or a part of it cannot be read.
 *
 * @param id the message's id, or a digest of the body when the id cannot be read
 * @param account the name of the Kopo Kopo account that the message is for
 * @param kind the topic or type, or {@code null} when the message has none
 * @param payload the body as received
 * @param reason why there is no record for it, free of customers' data
 */
public record UnrecognizedK2Event(String id, String account, @Nullable String kind, String payload,
		String reason) implements K2Event {

	/**
	 * Create a new event, for {@link K2Event#DEFAULT_ACCOUNT} when no account is given.
	 */
	public UnrecognizedK2Event {
		account = Objects.requireNonNullElse(account, DEFAULT_ACCOUNT);
	}

}
