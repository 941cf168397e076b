package io.github.k2connect.recipient;

import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The details of a recipient's account, as Kopo Kopo returns them. Later versions may
 * have more subtypes: give a {@code switch} a default branch.
 */
public sealed interface RecipientDetails {

	/**
	 * A bank account.
	 *
	 * @param accountName the name of the account's owner
	 * @param accountNumber the account's number
	 * @param bankBranchRef the reference of the branch of the bank
	 * @param settlementMethod {@code EFT} or {@code RTS}
	 */
	record BankAccount(@Nullable String accountName, @Nullable String accountNumber, @Nullable String bankBranchRef,
			@Nullable String settlementMethod) implements RecipientDetails {

		static BankAccount from(JsonObject attributes) {
			return new BankAccount(attributes.text("account_name"), attributes.text("account_number"),
					attributes.text("bank_branch_ref"), attributes.text("settlement_method"));
		}

	}

	/**
	 * A mobile wallet.
	 *
	 * @param firstName the first name of the wallet's owner
	 * @param lastName the last name of the wallet's owner
	 * @param phoneNumber the wallet's phone number
	 * @param email the e-mail address of the wallet's owner
	 * @param network the wallet's network, for example {@code Safaricom}
	 */
	record MobileWallet(@Nullable String firstName, @Nullable String lastName, @Nullable String phoneNumber,
			@Nullable String email, @Nullable String network) implements RecipientDetails {

		static MobileWallet from(JsonObject attributes) {
			return new MobileWallet(attributes.text("first_name"), attributes.text("last_name"),
					attributes.text("phone_number"), attributes.text("email"), attributes.text("network"));
		}

	}

	/**
	 * A till.
	 *
	 * @param tillNumber the till's number
	 * @param tillName the till's name
	 */
	record Till(@Nullable String tillNumber, @Nullable String tillName) implements RecipientDetails {

		static Till from(JsonObject attributes) {
			return new Till(attributes.text("till_number"), attributes.text("till_name"));
		}

	}

	/**
	 * A paybill.
	 *
	 * @param paybillName the paybill's name
	 * @param paybillNumber the paybill's number
	 * @param paybillAccountNumber the number of the account at the paybill
	 */
	record Paybill(@Nullable String paybillName, @Nullable String paybillNumber,
			@Nullable String paybillAccountNumber) implements RecipientDetails {

		static Paybill from(JsonObject attributes) {
			return new Paybill(attributes.text("paybill_name"), attributes.text("paybill_number"),
					attributes.text("paybill_account_number"));
		}

	}

	/**
	 * Another merchant of Kopo Kopo.
	 *
	 * @param aliasName the name that Kopo Kopo shows for the merchant
	 * @param tillNumber the merchant's till
	 */
	record KopoKopoMerchant(@Nullable String aliasName, @Nullable String tillNumber) implements RecipientDetails {

		static KopoKopoMerchant from(JsonObject attributes) {
			return new KopoKopoMerchant(attributes.text("alias_name"), attributes.text("till_number"));
		}

	}

	/**
	 * A recipient of a type that this version does not know.
	 *
	 * @param type the type, as Kopo Kopo writes it
	 * @param aliasName the name that Kopo Kopo shows for it
	 */
	record Other(@Nullable String type, @Nullable String aliasName) implements RecipientDetails {

	}

}
