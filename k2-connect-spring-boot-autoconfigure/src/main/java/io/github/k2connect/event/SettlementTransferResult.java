package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a transfer to the merchant's own bank account or wallet stands. Type {@code
 * settlement_transfer}.
 * <p>
 * That it was processed does not mean that the money arrived: from then on the
 * disbursements decide. See {@link PayoutResult#outcome()}.
 *
 * @param id the transfer's id
 * @param type the type
 * @param status for example {@code Pending}, {@code Scheduled}, {@code Processed} or
 * {@code Transferred}
 * @param linkSelf the address of the transfer
 * @param callbackUrl where the result is sent
 * @param createdAt when the transfer was made
 * @param transferBatches the batches in which the money is sent, empty until they are
 * made
 * @param amount the amount to send, {@code null} for the whole balance
 * @param currency the currency, {@code KES}
 */
public record SettlementTransferResult(String id, String type, @Nullable String status, @Nullable URI linkSelf,
		@Nullable URI callbackUrl, @PreserveOffset @Nullable OffsetDateTime createdAt,
		List<TransferBatch> transferBatches, @Nullable BigDecimal amount,
		@Nullable String currency) implements PayoutResult {

	/**
	 * ImmutableCopies the transfer batches.
	 */
	public SettlementTransferResult {
		transferBatches = ImmutableCopies.of(transferBatches);
	}

	static SettlementTransferResult from(ResultMessage message) {
		JsonObject attributes = message.attributes();
		JsonObject amount = attributes.object("amount");
		return new SettlementTransferResult(message.id(), message.type(), message.status(), message.linkSelf(),
				message.callbackUrl(), attributes.time("created_at"),
				attributes.objects("transfer_batches").stream().map(TransferBatch::from).toList(),
				amount.amount("value"), amount.text("currency"));
	}

}
