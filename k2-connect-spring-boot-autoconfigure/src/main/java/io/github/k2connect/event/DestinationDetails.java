package io.github.k2connect.event;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The details of where money goes: a phone, a bank account, a till or a paybill.
 * Properties of other types of destinations are {@code null}.
 *
 * @param nickname the name under which the destination is saved
 * @param favourite whether the destination is saved as a favourite
 * @param phoneNumber the mobile wallet's phone number
 * @param network the mobile wallet's network
 * @param accountName the name of the bank account's owner
 * @param accountNumber the bank account's number
 * @param bankBranchRef the reference of the branch of the bank
 * @param tillNumber the till
 * @param paybillNumber the paybill
 * @param paybillAccountNumber the account at the paybill
 */
public record DestinationDetails(@Nullable String nickname, @Nullable Boolean favourite, @Nullable String phoneNumber,
		@Nullable String network, @Nullable String accountName, @Nullable String accountNumber,
		@Nullable String bankBranchRef, @Nullable String tillNumber, @Nullable String paybillNumber,
		@Nullable String paybillAccountNumber) {

	static final DestinationDetails NONE = new DestinationDetails(null, null, null, null, null, null, null, null, null,
			null);

	/**
	 * Read the details from the disbursement or the destination.
	 * @param json the disbursement or the destination
	 * @return the details, or {@code null} when there are none
	 */
	static @Nullable DestinationDetails from(JsonObject json) {
		DestinationDetails details = new DestinationDetails(json.text("nickname"), json.flag("favourite"),
				json.text("phone_number"), json.text("network"), json.text("account_name"), json.text("account_number"),
				json.text("bank_branch_ref"), json.text("till_number"), json.text("paybill_number"),
				json.text("paybill_account_number"));
		return !details.equals(NONE) ? details : null;
	}

}
