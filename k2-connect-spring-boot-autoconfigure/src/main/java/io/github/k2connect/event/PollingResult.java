package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a poll, and the transactions that it found. Type {@code polling}.
 *
 * @param envelope the properties that all results have
 * @param fromTime the start of the period
 * @param toTime the end of the period
 * @param scope {@code Company} or {@code Till}, as Kopo Kopo writes it
 * @param scopeReference the number of the till if the scope is a till
 * @param transactions the transactions, empty while it is pending
 */
public record PollingResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime fromTime,
		@PreserveOffset @Nullable OffsetDateTime toTime, @Nullable String scope, @Nullable String scopeReference,
		List<PolledTransaction> transactions) implements K2ResultEvent {

	/**
	 * Create a new result, with a copy of the transactions.
	 */
	public PollingResult {
		transactions = ImmutableCopies.of(transactions);
	}

	static PollingResult from(ResultEnvelope envelope, JsonObject attributes) {
		return new PollingResult(envelope, attributes.time("from_time"), attributes.time("to_time"),
				attributes.text("scope"), attributes.text("scope_reference"),
				attributes.objects("transactions").stream().map(PolledTransaction::from).toList());
	}

}
