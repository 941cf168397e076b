package io.github.k2connect.recipient;

import io.github.k2connect.json.JsonObject;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * Status of a recipient that the merchant added.
 *
 * @param id the id under which it was added
 * @param type {@code pay_recipient} or {@code external_recipient}
 * @param recipientType the type of the recipient, as Kopo Kopo writes it: {@code Mobile
 * Wallet}, {@code Bank Account}, {@code Till}, {@code Paybill}, {@code Kopo Kopo
 * Merchant} or another
 * @param status for example {@code Approved}
 * @param recipientReference the reference to pay it by, {@code Unavailable} until there
 * is one
 * @param recipient the details of its account
 */
public record RecipientStatus(String id, String type, @Nullable String recipientType, @Nullable String status,
		@Nullable String recipientReference, RecipientDetails recipient) {

	/**
	 * Read the status of a recipient.
	 * @param json the response of Kopo Kopo
	 * @return the status
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	public static RecipientStatus from(JsonObject json) {
		JsonObject data = json.resource("pay_recipient", "external_recipient");
		JsonObject attributes = data.object("attributes");
		return new RecipientStatus(data.requiredText("id"), data.requiredText("type"),
				attributes.text("recipient_type"), attributes.text("status"), attributes.text("recipient_reference"),
				detailsOf(attributes));
	}

	private static RecipientDetails detailsOf(JsonObject attributes) {
		return switch (attributes.kind("recipient_type")) {
			case "mobile wallet" -> RecipientDetails.MobileWallet.from(attributes);
			case "bank account" -> RecipientDetails.BankAccount.from(attributes);
			case "till" -> RecipientDetails.Till.from(attributes);
			case "paybill" -> RecipientDetails.Paybill.from(attributes);
			case "kopo kopo merchant" -> RecipientDetails.KopoKopoMerchant.from(attributes);
			default -> new RecipientDetails.Other(attributes.text("recipient_type"), attributes.text("alias_name"));
		};
	}

}
