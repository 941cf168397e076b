package io.github.k2connect.sendmoney;

import java.math.BigDecimal;

import io.github.k2connect.json.JsonBody;
import org.jspecify.annotations.Nullable;

/**
 * Where money is sent, and how much of it.
 */
public sealed interface Destination permits MobileWalletDestination, BankAccountDestination, TillDestination,
		PaybillDestination, MerchantWalletDestination, MerchantBankAccountDestination {

	/**
	 * Create a builder for a destination that is a phone.
	 * @return a builder
	 */
	static MobileWalletDestination.Builder mobileWallet() {
		return new MobileWalletDestination.Builder();
	}

	/**
	 * Create a builder for a destination that is a bank account.
	 * @return a builder
	 */
	static BankAccountDestination.Builder bankAccount() {
		return new BankAccountDestination.Builder();
	}

	/**
	 * Create a builder for a destination that is a till.
	 * @return a builder
	 */
	static TillDestination.Builder till() {
		return new TillDestination.Builder();
	}

	/**
	 * Create a builder for a destination that is an account at a paybill.
	 * @return a builder
	 */
	static PaybillDestination.Builder paybill() {
		return new PaybillDestination.Builder();
	}

	/**
	 * Create a builder for a destination that is a wallet of the merchant's own.
	 * @return a builder
	 */
	static MerchantWalletDestination.Builder merchantWallet() {
		return new MerchantWalletDestination.Builder();
	}

	/**
	 * Create a builder for a destination that is a bank account of the merchant's own.
	 * @return a builder
	 */
	static MerchantBankAccountDestination.Builder merchantBankAccount() {
		return new MerchantBankAccountDestination.Builder();
	}

	/**
	 * The type of the destination.
	 * @return {@code mobile_wallet}, {@code bank_account}, {@code till}, {@code paybill},
	 * {@code merchant_wallet} or {@code merchant_bank_account}
	 */
	String type();

	/**
	 * The amount.
	 * @return the amount in shillings, positive, with at most two decimals
	 */
	BigDecimal amount();

	/**
	 * What the money is for.
	 * @return the description, or {@code null}, which it is for the merchant's own
	 * wallets and bank accounts only
	 */
	@Nullable String description();

	/**
	 * The name under which the destination is kept.
	 * @return the nickname, or {@code null}
	 */
	@Nullable String nickname();

	/**
	 * Whether the destination is kept as a favourite.
	 * @return whether it is, or {@code null}
	 */
	@Nullable Boolean favourite();

	/**
	 * What is sent of the destination beside what all have.
	 * @return a new body with the properties of its type
	 */
	JsonBody properties();

	/**
	 * The destination as it is sent.
	 * @return a new body
	 */
	default JsonBody toJson() {
		return properties().put("type", type())
			.put("amount", amount())
			.put("description", description())
			.put("nickname", nickname())
			.put("favourite", favourite());
	}

}
