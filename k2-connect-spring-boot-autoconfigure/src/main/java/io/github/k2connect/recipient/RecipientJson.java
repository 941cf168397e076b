package io.github.k2connect.recipient;

import java.util.List;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;

/**
 * Writes recipients as JSON.
 */
final class RecipientJson {

	private RecipientJson() {
	}

	static JsonBody of(Recipient recipient, ApiVersion version) {
		JsonBody body = new JsonBody().put("type", recipient.type());
		if (version == ApiVersion.V2) {
			return body.put("external_recipient", properties(recipient).put("nickname", recipient.nickname()));
		}
		if (recipient instanceof BankAccountRecipient account && account.settlementMethod() == null) {
			throw new InvalidK2RequestException(
					List.of(new Violation("settlementMethod", "settlementMethod is required")));
		}
		return body.put("pay_recipient", properties(recipient));
	}

	private static JsonBody properties(Recipient recipient) {
		JsonBody json = new JsonBody();
		if (recipient instanceof MobileWalletRecipient wallet) {
			return json.put("first_name", wallet.firstName())
				.put("last_name", wallet.lastName())
				.put("phone_number", wallet.phoneNumber())
				.put("email", wallet.email())
				.put("network", wallet.network());
		}
		if (recipient instanceof BankAccountRecipient account) {
			return json.put("account_name", account.accountName())
				.put("account_number", account.accountNumber())
				.put("bank_branch_ref", account.bankBranchRef())
				.put("settlement_method", account.settlementMethod());
		}
		if (recipient instanceof TillRecipient till) {
			return json.put("till_number", till.tillNumber()).put("till_name", till.tillName());
		}
		if (recipient instanceof PaybillRecipient paybill) {
			return json.put("paybill_name", paybill.paybillName())
				.put("paybill_number", paybill.paybillNumber())
				.put("paybill_account_number", paybill.paybillAccountNumber());
		}
		throw new IllegalStateException("No JSON for " + recipient.getClass().getName());
	}

}
