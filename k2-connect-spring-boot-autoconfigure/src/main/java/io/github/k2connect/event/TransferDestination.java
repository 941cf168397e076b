package io.github.k2connect.event;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import io.github.k2connect.json.JsonObject;
import org.jspecify.annotations.Nullable;

/**
 * The destination of a settlement. Later versions may have more subtypes: give a
 * {@code switch} a default branch.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.SIMPLE_NAME, property = "kind")
public sealed interface TransferDestination {

	/**
	 * Return the reference under which the merchant added the destination.
	 * @return the reference, or {@code null}
	 */
	@Nullable String reference();

	/**
	 * A bank account of the merchant.
	 *
	 * @param reference the reference under which it was added
	 * @param accountName the name of the account's owner
	 * @param accountNumber the account's number
	 * @param bankBranchRef the reference of the branch of the bank
	 * @param settlementMethod {@code EFT} or {@code RTS}
	 */
	record BankAccount(@Nullable String reference, @Nullable String accountName, @Nullable String accountNumber,
			@Nullable String bankBranchRef, @Nullable String settlementMethod) implements TransferDestination {

		static BankAccount from(JsonObject resource) {
			return new BankAccount(resource.text("reference"), resource.text("account_name"),
					resource.text("account_number"), resource.text("bank_branch_ref"),
					resource.text("settlement_method"));
		}

	}

	/**
	 * A mobile wallet of the merchant.
	 *
	 * @param reference the reference under which it was added
	 * @param firstName the first name of the wallet's owner
	 * @param lastName the last name of the wallet's owner
	 * @param phoneNumber the wallet's phone number
	 * @param network the wallet's network, for example {@code Safaricom}
	 */
	record MobileWallet(@Nullable String reference, @Nullable String firstName, @Nullable String lastName,
			@Nullable String phoneNumber, @Nullable String network) implements TransferDestination {

		static MobileWallet from(JsonObject resource) {
			return new MobileWallet(resource.text("reference"), resource.text("first_name"), resource.text("last_name"),
					resource.text("phone_number"), resource.text("network"));
		}

	}

	/**
	 * A destination of a type that is unknown to this version.
	 *
	 * @param type the type, as Kopo Kopo writes it
	 * @param reference the reference under which it was added
	 */
	record Other(@Nullable String type, @Nullable String reference) implements TransferDestination {

	}

}
