package io.github.k2connect.event;

import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a request to send money, or of a sweep of the whole balance. Type {@code
 * send_money}.
 * <p>
 * A processed request does not mean that the money arrived: the disbursements determine
 * the outcome. See {@link PayoutResult#outcome()}.
 *
 * @param envelope the properties that all results have
 * @param createdAt when the request was created
 * @param sourceIdentifier the till from which the money is taken
 * @param destinations the destinations of the money, empty for a sweep
 * @param currency the currency, {@code KES}
 * @param transferBatches the batches in which the money is sent, empty until they are
 * created
 * @param errors why it failed, empty if it did not fail
 * @param metadata the metadata of the request
 */
public record SendMoneyResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime createdAt,
		@Nullable String sourceIdentifier, List<SendMoneyDestination> destinations, @Nullable String currency,
		List<TransferBatch> transferBatches, List<String> errors,
		Map<String, String> metadata) implements PayoutResult {

	/**
	 * Create a new result, with copies of the destinations, the transfer batches, the
	 * errors and the metadata.
	 */
	public SendMoneyResult {
		destinations = ImmutableCopies.of(destinations);
		transferBatches = ImmutableCopies.of(transferBatches);
		errors = ImmutableCopies.of(errors);
		metadata = ImmutableCopies.of(metadata);
	}

	static SendMoneyResult from(ResultEnvelope envelope, JsonObject attributes) {
		return new SendMoneyResult(envelope, attributes.time("created_at"), attributes.text("source_identifier"),
				attributes.objects("destinations").stream().map(SendMoneyDestination::from).toList(),
				attributes.text("currency"),
				attributes.objects("transfer_batches").stream().map(TransferBatch::from).toList(),
				attributes.texts("errors"), attributes.textMap("metadata"));
	}

}
