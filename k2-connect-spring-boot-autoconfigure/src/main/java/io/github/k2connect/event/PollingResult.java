package io.github.k2connect.event;

import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a poll for the transactions of a span of time stands, and what it found. Type
 * {@code polling}.
 *
 * @param id the poll's id
 * @param type the type
 * @param status {@code Pending}, {@code Success} or {@code Failed}
 * @param linkSelf the address of the poll
 * @param callbackUrl where the result is sent
 * @param fromTime the start of the span
 * @param toTime the end of the span
 * @param scope {@code Company} or {@code Till}, as Kopo Kopo writes it
 * @param scopeReference the number of the till, when the scope is one
 * @param transactions the transactions, empty while it is pending
 */
public record PollingResult(String id, String type, @Nullable String status, @Nullable URI linkSelf,
		@Nullable URI callbackUrl, @PreserveOffset @Nullable OffsetDateTime fromTime,
		@PreserveOffset @Nullable OffsetDateTime toTime, @Nullable String scope, @Nullable String scopeReference,
		List<PolledTransaction> transactions) implements K2ResultEvent {

	/**
	 * ImmutableCopies the transactions.
	 */
	public PollingResult {
		transactions = ImmutableCopies.of(transactions);
	}

	static PollingResult from(ResultMessage message) {
		JsonObject attributes = message.attributes();
		return new PollingResult(message.id(), message.type(), message.status(), message.linkSelf(),
				message.callbackUrl(), attributes.time("from_time"), attributes.time("to_time"),
				attributes.text("scope"), attributes.text("scope_reference"),
				attributes.objects("transactions").stream().map(PolledTransaction::from).toList());
	}

}
