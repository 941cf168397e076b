package io.github.k2connect.event;

import java.math.BigDecimal;
import java.net.URI;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * How a payment to a recipient stands. Type {@code payment}.
 * <p>
 * That it was processed does not mean that the money arrived: from then on the
 * disbursements decide. See {@link PayoutResult#outcome()}.
 *
 * @param id the payment's id
 * @param type the type
 * @param status for example {@code Pending}, {@code Scheduled}, {@code Processed} or
 * {@code Transferred}
 * @param linkSelf the address of the payment
 * @param callbackUrl where the result is sent
 * @param createdAt when the payment was made
 * @param transferBatches the batches in which the money is sent, empty until they are
 * made
 * @param amount the amount to send
 * @param currency the currency, {@code KES}
 * @param metadata the metadata of the request
 */
public record PaymentResult(String id, String type, @Nullable String status, @Nullable URI linkSelf,
		@Nullable URI callbackUrl, @PreserveOffset @Nullable OffsetDateTime createdAt,
		List<TransferBatch> transferBatches, @Nullable BigDecimal amount, @Nullable String currency,
		Map<String, String> metadata) implements PayoutResult {

	/**
	 * ImmutableCopies the transfer batches and the metadata.
	 */
	public PaymentResult {
		transferBatches = ImmutableCopies.of(transferBatches);
		metadata = ImmutableCopies.of(metadata);
	}

	static PaymentResult from(ResultMessage message) {
		JsonObject attributes = message.attributes();
		JsonObject amount = attributes.object("amount");
		return new PaymentResult(message.id(), message.type(), message.status(), message.linkSelf(),
				message.callbackUrl(), attributes.time("created_at"),
				attributes.objects("transfer_batches").stream().map(TransferBatch::from).toList(),
				amount.amount("value"), amount.text("currency"), attributes.textMap("metadata"));
	}

}
