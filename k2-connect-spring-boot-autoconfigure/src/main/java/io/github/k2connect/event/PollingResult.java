package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.apiguardian.api.API;
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

	/**
	 * Read the response to a status request, without the transactions that cannot be
	 * read.
	 * @param json the response
	 * @param account the name of the Kopo Kopo account
	 * @param unreadable called with the reference of such a transaction, or {@code null},
	 * and the reason
	 * @return the result
	 * @throws UnreadableJsonException if the rest cannot be read
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static PollingResult readable(JsonObject json, String account,
			BiConsumer<@Nullable String, String> unreadable) {
		String type = ResultType.POLLING.value();
		JsonObject data = json.resource(type);
		JsonObject attributes = data.object("attributes");
		return from(ResultEnvelope.from(data.requiredText("id"), account, type, attributes, RawJson.of(json.source())),
				attributes, (transaction) -> readable(transaction, unreadable));
	}

	private static Stream<PolledTransaction> readable(JsonObject transaction,
			BiConsumer<@Nullable String, String> unreadable) {
		try {
			return Stream.of(PolledTransaction.from(transaction));
		}
		catch (UnreadableJsonException ex) {
			unreadable.accept(reference(transaction), ex.getMessage());
			return Stream.empty();
		}
	}

	private static @Nullable String reference(JsonObject transaction) {
		try {
			return transaction.object("resource").text("reference");
		}
		catch (UnreadableJsonException ex) {
			return null;
		}
	}

	static PollingResult from(ResultEnvelope envelope, JsonObject attributes) {
		return from(envelope, attributes, (transaction) -> Stream.of(PolledTransaction.from(transaction)));
	}

	private static PollingResult from(ResultEnvelope envelope, JsonObject attributes,
			Function<JsonObject, Stream<PolledTransaction>> reader) {
		return new PollingResult(envelope, attributes.time("from_time"), attributes.time("to_time"),
				attributes.text("scope"), attributes.text("scope_reference"),
				attributes.objects("transactions").stream().flatMap(reader).toList());
	}

}
