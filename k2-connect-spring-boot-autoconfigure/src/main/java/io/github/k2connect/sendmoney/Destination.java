package io.github.k2connect.sendmoney;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.client.Fingerprint;
import io.github.k2connect.json.JsonBody;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;

/**
 * A destination to which money is sent, with the amount. Later versions may have more
 * subtypes: give a {@code switch} a default branch.
 */
public sealed interface Destination permits MobileWalletDestination, BankAccountDestination, TillDestination,
		PaybillDestination, MerchantAccountDestination {

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
	 * Create a builder for a destination that is the merchant's own wallet.
	 * @return a builder
	 */
	static MerchantAccountDestination.Builder merchantWallet() {
		return new MerchantAccountDestination.Builder(MerchantAccountDestination.WALLET);
	}

	/**
	 * Create a builder for a destination that is the merchant's own bank account.
	 * @return a builder
	 */
	static MerchantAccountDestination.Builder merchantBankAccount() {
		return new MerchantAccountDestination.Builder(MerchantAccountDestination.BANK_ACCOUNT);
	}

	/**
	 * Return the type of the destination.
	 * @return {@code mobile_wallet}, {@code bank_account}, {@code till}, {@code paybill},
	 * {@code merchant_wallet} or {@code merchant_bank_account}
	 */
	String type();

	/**
	 * Return the amount.
	 * @return the amount in shillings, positive, with at most two decimals
	 */
	BigDecimal amount();

	/**
	 * Return what the money is for.
	 * @return the description; {@code null} only for the merchant's own accounts
	 */
	@Nullable String description();

	/**
	 * Return the name under which the destination is kept.
	 * @return the nickname, or {@code null}
	 */
	@Nullable String nickname();

	/**
	 * Return whether the destination is kept as a favourite.
	 * @return {@code true} if it is a favourite, or {@code null} to let Kopo Kopo decide
	 */
	@Nullable Boolean favourite();

	/**
	 * Return the properties that this library does not know. They are sent beside those
	 * of the destination.
	 * @return the values by their paths
	 */
	Map<String, Object> extra();

	/**
	 * Create a new builder with the values of this destination.
	 * @return the builder
	 */
	DestinationBuilder<? extends Destination, ?> toBuilder();

	/**
	 * Write the destination as JSON.
	 * @return a new body
	 * @throws InvalidK2RequestException if the destination has an extra property itself
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	default JsonBody toJson() {
		return properties().put("type", type())
			.put("amount", amount())
			.put("description", description())
			.put("nickname", nickname())
			.put("favourite", favourite())
			.extra(extra());
	}

	/**
	 * Write the properties that this type of destination has.
	 * @return a new body
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	JsonBody properties();

	/**
	 * Return by what another destination of this type is the same, without the amount.
	 * @return a new fingerprint
	 * @hidden
	 */
	@API(status = API.Status.INTERNAL)
	Fingerprint fingerprint();

}
