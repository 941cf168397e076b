package io.github.k2connect.event;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * A genuine message from Kopo Kopo that this version cannot decode: its topic or type is
 * unknown, or a part of it is unreadable.
 *
 * @param id the message's id, or a digest of the body if the id is unreadable
 * @param account the name of the Kopo Kopo account that the message is for
 * @param kind the topic or type, or {@code null} if the message has none
 * @param payload the body as received
 * @param reason why the message was not decoded, without customers' data
 */
public record UnrecognizedK2Event(String id, String account, @Nullable String kind, String payload,
		String reason) implements K2Event {

	/**
	 * Create a new event, for {@link K2Event#DEFAULT_ACCOUNT} when no account is given.
	 */
	public UnrecognizedK2Event {
		account = Objects.requireNonNullElse(account, DEFAULT_ACCOUNT);
	}

	/**
	 * Return the {@linkplain #payload() payload}, which this event keeps in its JSON form
	 * too.
	 */
	@Override
	public String rawJson() {
		return this.payload;
	}

}
