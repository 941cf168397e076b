package io.github.k2connect.event;

import java.math.BigDecimal;

import org.jspecify.annotations.Nullable;

/**
 * An amount of money and its destination.
 */
public sealed interface Payout permits Disbursement, SendMoneyDestination {

	/**
	 * Return the amount.
	 * @return the amount, or {@code null}
	 */
	@Nullable BigDecimal amount();

	/**
	 * Return the details of the destination.
	 * @return the details, or {@code null} when Kopo Kopo sends none
	 */
	@Nullable DestinationDetails destination();

	/**
	 * Return the name under which the destination is saved.
	 * @return the nickname, or {@code null}
	 */
	default @Nullable String nickname() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.nickname() : null;
	}

	/**
	 * Return whether the destination is saved as a favourite.
	 * @return whether it is a favourite, or {@code null}
	 */
	default @Nullable Boolean favourite() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.favourite() : null;
	}

	/**
	 * Return the phone number of a mobile wallet.
	 * @return the phone number, or {@code null}
	 */
	default @Nullable String phoneNumber() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.phoneNumber() : null;
	}

	/**
	 * Return the network of a mobile wallet.
	 * @return the network, or {@code null}
	 */
	default @Nullable String network() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.network() : null;
	}

	/**
	 * Return the name of the owner of a bank account.
	 * @return the name, or {@code null}
	 */
	default @Nullable String accountName() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.accountName() : null;
	}

	/**
	 * Return the number of a bank account.
	 * @return the number, or {@code null}
	 */
	default @Nullable String accountNumber() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.accountNumber() : null;
	}

	/**
	 * Return the reference of the branch of the bank.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String bankBranchRef() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.bankBranchRef() : null;
	}

	/**
	 * Return the number of a till.
	 * @return the number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.tillNumber() : null;
	}

	/**
	 * Return the number of a paybill.
	 * @return the number, or {@code null}
	 */
	default @Nullable String paybillNumber() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.paybillNumber() : null;
	}

	/**
	 * Return the account at a paybill.
	 * @return the account, or {@code null}
	 */
	default @Nullable String paybillAccountNumber() {
		DestinationDetails destination = destination();
		return (destination != null) ? destination.paybillAccountNumber() : null;
	}

}
