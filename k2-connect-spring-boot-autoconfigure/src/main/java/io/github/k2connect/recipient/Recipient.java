package io.github.k2connect.recipient;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Whom the merchant wants to pay.
 */
public sealed interface Recipient permits MobileWalletRecipient, BankAccountRecipient, TillRecipient, PaybillRecipient {

	/**
	 * Create a builder for a recipient who is paid on the phone.
	 * @return a builder
	 */
	static MobileWalletRecipient.Builder mobileWallet() {
		return new MobileWalletRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient who is paid to a bank account.
	 * @return a builder
	 */
	static BankAccountRecipient.Builder bankAccount() {
		return new BankAccountRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient who is paid to a till.
	 * @return a builder
	 */
	static TillRecipient.Builder till() {
		return new TillRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient who is paid to a paybill.
	 * @return a builder
	 */
	static PaybillRecipient.Builder paybill() {
		return new PaybillRecipient.Builder();
	}

	/**
	 * The type of the recipient, which is also the destination type of a payment to it.
	 * @return {@code mobile_wallet}, {@code bank_account}, {@code till} or
	 * {@code paybill}
	 */
	String type();

	/**
	 * What the merchant calls the recipient. Sent to version 2 only.
	 * @return the nickname, or {@code null}
	 */
	@Nullable String nickname();

	/**
	 * What is sent of the recipient to both versions.
	 * @return a new body with the properties of its type
	 */
	JsonBody properties();

	/**
	 * The recipient as it is sent.
	 * @param version the version that it is sent to
	 * @return a new body
	 * @throws InvalidK2RequestException if the version needs more of the recipient
	 */
	default JsonBody toJson(ApiVersion version) {
		JsonBody body = new JsonBody().put("type", type());
		return switch (version) {
			case V1 -> body.put("pay_recipient", properties());
			case V2 -> body.put("external_recipient", properties().put("nickname", nickname()));
		};
	}

}
