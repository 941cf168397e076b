package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The status of a transfer to the merchant's own bank account or wallet. Type {@code
 * settlement_transfer}.
 * <p>
 * A processed request does not mean that the money arrived: the disbursements determine
 * the outcome. See {@link PayoutResult#outcome()}.
 *
 * @param envelope the properties that all results have
 * @param createdAt when the transfer was created
 * @param transferBatches the batches in which the money is sent, empty until they are
 * created
 * @param amount the amount to send, {@code null} for the whole balance
 * @param currency the currency, {@code KES}
 */
public record SettlementTransferResult(ResultEnvelope envelope, @PreserveOffset @Nullable OffsetDateTime createdAt,
		List<TransferBatch> transferBatches, @Nullable BigDecimal amount,
		@Nullable String currency) implements PayoutResult {

	/**
	 * Create a new result, with a copy of the transfer batches.
	 */
	public SettlementTransferResult {
		transferBatches = ImmutableCopies.of(transferBatches);
	}

	static SettlementTransferResult from(ResultEnvelope envelope, JsonObject attributes) {
		JsonObject amount = attributes.object("amount");
		return new SettlementTransferResult(envelope, attributes.time("created_at"),
				attributes.objects("transfer_batches").stream().map(TransferBatch::from).toList(),
				amount.amount("value"), amount.text("currency"));
	}

}
