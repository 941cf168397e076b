package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a payment to a recipient. Type {@code payment}.
 * <p>
 * A processed request does not mean that the money arrived: the disbursements determine
 * the outcome. See {@link PayoutResult#outcome()}.
 *
 * @param envelope the properties that all results have
 * @param createdAt when the payment was created
 * @param transferBatches the batches in which the money is sent, empty until they are
 * created
 * @param amount the amount to send
 * @param currency the currency, {@code KES}
 * @param metadata the metadata of the request
 */
public record PaymentResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime createdAt,
		List<TransferBatch> transferBatches, @Nullable BigDecimal amount, @Nullable String currency,
		Map<String, String> metadata) implements PayoutResult {

	/**
	 * Create a new result, with copies of the transfer batches and the metadata.
	 */
	public PaymentResult {
		transferBatches = ImmutableCopies.of(transferBatches);
		metadata = ImmutableCopies.of(metadata);
	}

	static PaymentResult from(ResultEnvelope envelope, JsonObject attributes) {
		JsonObject amount = attributes.object("amount");
		return new PaymentResult(envelope, attributes.time("created_at"),
				attributes.objects("transfer_batches").stream().map(TransferBatch::from).toList(),
				amount.amount("value"), amount.text("currency"), attributes.textMap("metadata"));
	}

}
