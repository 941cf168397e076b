package io.github.k2connect.sendmoney;

import io.github.k2connect.json.JsonBody;

/**
 * Writes destinations as JSON.
 */
final class DestinationJson {

	private DestinationJson() {
	}

	/**
	 * Write a destination.
	 * @param destination the destination
	 * @return a new body
	 */
	static JsonBody of(Destination destination) {
		return properties(destination).put("type", destination.type())
			.put("amount", destination.amount())
			.put("description", destination.description())
			.put("nickname", destination.nickname())
			.put("favourite", destination.favourite());
	}

	private static JsonBody properties(Destination destination) {
		JsonBody json = new JsonBody();
		if (destination instanceof MobileWalletDestination wallet) {
			return json.put("phone_number", wallet.phoneNumber()).put("network", wallet.network());
		}
		if (destination instanceof BankAccountDestination account) {
			return json.put("account_name", account.accountName())
				.put("account_number", account.accountNumber())
				.put("bank_branch_ref", account.bankBranchRef());
		}
		if (destination instanceof TillDestination till) {
			return json.put("till_number", till.tillNumber());
		}
		if (destination instanceof PaybillDestination paybill) {
			return json.put("paybill_number", paybill.paybillNumber())
				.put("paybill_account_number", paybill.paybillAccountNumber());
		}
		if (destination instanceof MerchantAccountDestination account) {
			return json.put("reference", account.reference());
		}
		throw new IllegalStateException("No JSON for " + destination.getClass().getName());
	}

}
