package io.github.k2connect.settlement;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Status of a mobile wallet of the merchant.
 *
 * @param id the id under which it was added
 * @param type {@code merchant_wallet}
 * @param firstName the first name of the wallet's owner
 * @param lastName the last name of the wallet's owner
 * @param phoneNumber the wallet's phone number
 * @param network the wallet's network, for example {@code Safaricom}
 * @param status for example {@code Approved}
 * @param accountReference the reference for transfers to it, {@code Unavailable} until
 * there is one
 */
public record MerchantWalletStatus(String id, String type, @Nullable String firstName, @Nullable String lastName,
		@Nullable String phoneNumber, @Nullable String network, @Nullable String status,
		@Nullable String accountReference) {

	static MerchantWalletStatus from(JsonObject json) {
		JsonObject data = json.resource("merchant_wallet");
		JsonObject attributes = data.object("attributes");
		return new MerchantWalletStatus(data.requiredText("id"), data.requiredText("type"),
				attributes.text("first_name"), attributes.text("last_name"), attributes.text("phone_number"),
				attributes.text("network"), attributes.text("status"), attributes.text("account_reference"));
	}

}
