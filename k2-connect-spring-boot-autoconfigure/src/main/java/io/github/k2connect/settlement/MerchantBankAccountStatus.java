package io.github.k2connect.settlement;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Status of a bank account of the merchant.
 *
 * @param id the id under which it was added
 * @param type {@code merchant_bank_account}
 * @param accountNumber the account's number
 * @param accountName the name of the account's owner
 * @param bankBranchRef the reference of the branch of the bank
 * @param settlementMethod {@code EFT} or {@code RTS}
 * @param status for example {@code Approved}
 * @param accountReference the reference for transfers to it, {@code Unavailable} until
 * there is one
 */
public record MerchantBankAccountStatus(String id, String type, @Nullable String accountNumber,
		@Nullable String accountName, @Nullable String bankBranchRef, @Nullable String settlementMethod,
		@Nullable String status, @Nullable String accountReference) {

	static MerchantBankAccountStatus from(JsonObject json) {
		JsonObject data = json.resource("merchant_bank_account");
		JsonObject attributes = data.object("attributes");
		return new MerchantBankAccountStatus(data.requiredText("id"), data.requiredText("type"),
				attributes.text("account_number"), attributes.text("account_name"), attributes.text("bank_branch_ref"),
				attributes.text("settlement_method"), attributes.text("status"), attributes.text("account_reference"));
	}

}
