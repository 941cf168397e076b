package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The result of an STK push. Type {@code incoming_payment}.
 *
 * @param envelope the properties that all results have
 * @param initiationTime when the STK push was started
 * @param eventType {@code Incoming Payment Request}
 * @param transaction the transaction, {@code null} until the customer has paid
 * @param errors why it failed, empty if it did not fail
 * @param metadata the metadata of the request
 */
public record StkPushResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime initiationTime,
		@Nullable String eventType, @Nullable TillTransaction transaction, List<String> errors,
		Map<String, String> metadata) implements K2ResultEvent, TillTransactionDetails {

	/**
	 * Create a new result, with copies of the errors and the metadata.
	 */
	public StkPushResult {
		errors = ImmutableCopies.of(errors);
		metadata = ImmutableCopies.of(metadata);
	}

	/**
	 * Return the transaction's status. It differs from the {@linkplain #status() status}
	 * of the request.
	 * @return the status, {@code Received}, or {@code null}
	 */
	public @Nullable String resourceStatus() {
		return (this.transaction != null) ? this.transaction.status() : null;
	}

	/**
	 * Return why the request failed, according to its {@linkplain #errors() errors}.
	 * @return the reason, {@link StkFailureReason#OTHER} if no error is known, or
	 * {@code null} if the request did not fail
	 */
	public @Nullable StkFailureReason failureReason() {
		return isFailed() ? StkFailureReason.of(this.errors) : null;
	}

	static StkPushResult from(ResultEnvelope envelope, JsonObject attributes) {
		JsonObject event = attributes.object("event");
		return new StkPushResult(envelope, attributes.time("initiation_time"), event.text("type"),
				TillTransaction.from(event.object("resource")), event.texts("errors"), attributes.textMap("metadata"));
	}

}
