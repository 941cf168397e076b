package io.github.k2connect.event;

import org.jspecify.annotations.Nullable;

/**
 * A genuine message from Kopo Kopo that this version cannot put into a record: its topic
 * or type is not known, or a component of it cannot be read.
 *
 * @param id the message's id, or a digest of the body when that cannot be read
 * @param kind the topic or type, or {@code null} when the message names none
 * @param payload the body as received
 * @param reason why there is no record for it, free of customers' data
 */
public record UnrecognizedK2Event(String id, @Nullable String kind, String payload, String reason) implements K2Event {

}
