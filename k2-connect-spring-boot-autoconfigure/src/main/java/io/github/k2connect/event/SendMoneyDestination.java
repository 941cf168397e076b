package io.github.k2connect.event;

import java.math.BigDecimal;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * A destination to which money is sent.
 *
 * @param type the type of the destination: {@code mobile_wallet}, {@code bank_account},
 * {@code till}, {@code paybill}, {@code merchant_wallet} or {@code
 * merchant_bank_account}
 * @param amount the amount to send
 * @param description what the money is for
 * @param reference the reference of the merchant's own wallet or bank account
 * @param destination the details of the destination, {@code null} if Kopo Kopo sends none
 */
public record SendMoneyDestination(@Nullable String type, @Nullable BigDecimal amount, @Nullable String description,
		@Nullable String reference, @Nullable DestinationDetails destination) implements Payout {

	static SendMoneyDestination from(JsonObject json) {
		return new SendMoneyDestination(json.text("type"), json.amount("amount"), json.text("description"),
				json.text("reference"), DestinationDetails.from(json));
	}

}
