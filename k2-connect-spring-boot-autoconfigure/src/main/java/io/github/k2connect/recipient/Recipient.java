package io.github.k2connect.recipient;

import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.json.JsonBody;
import io.github.k2connect.request.NicknameRequestBuilder;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A recipient whom the merchant wants to pay. Later versions may have more subtypes: give
 * a {@code switch} a default branch.
 */
public sealed interface Recipient permits MobileWalletRecipient, BankAccountRecipient, TillRecipient, PaybillRecipient {

	/**
	 * Create a builder for a recipient with a mobile wallet.
	 * @return a builder
	 */
	static MobileWalletRecipient.Builder mobileWallet() {
		return new MobileWalletRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient with a bank account.
	 * @return a builder
	 */
	static BankAccountRecipient.Builder bankAccount() {
		return new BankAccountRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient with a till.
	 * @return a builder
	 */
	static TillRecipient.Builder till() {
		return new TillRecipient.Builder();
	}

	/**
	 * Create a builder for a recipient with a paybill.
	 * @return a builder
	 */
	static PaybillRecipient.Builder paybill() {
		return new PaybillRecipient.Builder();
	}

	/**
	 * Return the type of the recipient, which is also the destination type of a payment
	 * to it.
	 * @return {@code mobile_wallet}, {@code bank_account}, {@code till} or
	 * {@code paybill}
	 */
	String type();

	/**
	 * Return the merchant's name for the recipient. It is sent to version 2 only.
	 * @return the nickname, or {@code null}
	 */
	@Nullable String nickname();

	/**
	 * Return the properties that this library does not know. They are sent beside those
	 * of the recipient.
	 * @return the values by their paths
	 */
	Map<String, Object> extra();

	/**
	 * Create a new builder with the values of this recipient.
	 * @return the builder
	 */
	NicknameRequestBuilder<? extends Recipient, ?> toBuilder();

	/**
	 * Write the recipient as JSON.
	 * @param version the version of the API
	 * @return a new body
	 * @throws InvalidK2RequestException if a property is missing that the version
	 * requires, or if the recipient has an extra property itself
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	default JsonBody toJson(ApiVersion version) {
		boolean external = version == ApiVersion.V2;
		return new JsonBody().put("type", type())
			.put(external ? "external_recipient" : "pay_recipient",
					properties().put("nickname", external ? nickname() : null).extra(extra()));
	}

	/**
	 * Write the properties that this type of recipient has.
	 * @return a new body
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	JsonBody properties();

}
