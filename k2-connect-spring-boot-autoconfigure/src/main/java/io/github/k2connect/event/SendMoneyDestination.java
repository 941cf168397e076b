package io.github.k2connect.event;

import java.math.BigDecimal;

import io.github.k2connect.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * Where money is sent. What does not belong to its type is {@code null}.
 *
 * @param type what the money goes to: {@code mobile_wallet}, {@code bank_account},
 * {@code till}, {@code paybill}, {@code merchant_wallet} or {@code
 * merchant_bank_account}
 * @param amount the amount to send
 * @param description what the money is for
 * @param nickname the name under which the destination is kept
 * @param favourite whether the destination is kept as a favourite
 * @param phoneNumber the mobile wallet's phone number
 * @param network the mobile wallet's network
 * @param accountName the name of the bank account's owner
 * @param accountNumber the bank account's number
 * @param bankBranchRef the reference of the branch of the bank
 * @param tillNumber the till
 * @param paybillNumber the paybill
 * @param paybillAccountNumber the account at the paybill
 * @param reference the reference of the merchant's own wallet or bank account
 */
public record SendMoneyDestination(@Nullable String type, @Nullable BigDecimal amount, @Nullable String description,
		@Nullable String nickname, @Nullable Boolean favourite, @Nullable String phoneNumber, @Nullable String network,
		@Nullable String accountName, @Nullable String accountNumber, @Nullable String bankBranchRef,
		@Nullable String tillNumber, @Nullable String paybillNumber, @Nullable String paybillAccountNumber,
		@Nullable String reference) {

	static SendMoneyDestination from(JsonObject json) {
		return new SendMoneyDestination(json.text("type"), json.amount("amount"), json.text("description"),
				json.text("nickname"), json.flag("favourite"), json.text("phone_number"), json.text("network"),
				json.text("account_name"), json.text("account_number"), json.text("bank_branch_ref"),
				json.text("till_number"), json.text("paybill_number"), json.text("paybill_account_number"),
				json.text("reference"));
	}

}
