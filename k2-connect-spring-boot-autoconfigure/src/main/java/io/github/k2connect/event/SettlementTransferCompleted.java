package io.github.k2connect.event;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.util.List;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Money reached the merchant's own bank account or wallet. Topic
 * {@code settlement_transfer_completed}.
 *
 * @param envelope the properties that all webhooks have
 * @param resourceId the transfer's id
 * @param originationTime when the money was sent
 * @param amount the amount sent
 * @param currency the currency, {@code KES}
 * @param status the transfer's status
 * @param destination the destination of the money, {@code null} if it is unknown
 * @param disbursements the parts in which the money was sent
 * @param destinationType the type of the destination, as Kopo Kopo writes it: {@code Bank
 * Account}, {@code Mobile Wallet}, {@code Merchant Wallet}
 */
public record SettlementTransferCompleted(WebhookEnvelope envelope, @Nullable String resourceId,
		@PreserveOffset @Nullable OffsetDateTime originationTime, @Nullable BigDecimal amount,
		@Nullable String currency, @Nullable String status, @Nullable TransferDestination destination,
		List<Disbursement> disbursements, @Nullable String destinationType) implements K2WebhookEvent {

	/**
	 * Create a new event, with a copy of the disbursements.
	 */
	public SettlementTransferCompleted {
		disbursements = ImmutableCopies.of(disbursements);
	}

	/**
	 * Return the reference of the destination.
	 * @return the reference, or {@code null}
	 */
	public @Nullable String destinationReference() {
		return (this.destination != null) ? this.destination.reference() : null;
	}

	/**
	 * Read the event.
	 * @param envelope the properties that all webhooks have
	 * @param resource the resource of the message
	 * @return the event
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static SettlementTransferCompleted from(WebhookEnvelope envelope, JsonObject resource) {
		JsonObject destination = resource.objectOrNull("destination");
		return new SettlementTransferCompleted(envelope, resource.text("id"), resource.time("origination_time"),
				resource.amount("amount"), resource.text("currency"), resource.text("status"),
				(destination != null) ? destinationOf(destination) : null,
				resource.objects("disbursements").stream().map(Disbursement::from).toList(),
				(destination != null) ? destination.text("type") : null);
	}

	private static TransferDestination destinationOf(JsonObject destination) {
		JsonObject resource = destination.object("resource");
		return switch (destination.kind("type")) {
			case "bank account" -> TransferDestination.BankAccount.from(resource);
			case "mobile wallet", "merchant wallet" -> TransferDestination.MobileWallet.from(resource);
			default -> new TransferDestination.Other(destination.text("type"), resource.text("reference"));
		};
	}

}
