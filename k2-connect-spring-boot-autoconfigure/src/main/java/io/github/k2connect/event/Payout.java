package io.github.k2connect.event;

import java.math.BigDecimal;
import java.util.Objects;

import org.jspecify.annotations.Nullable;

/**
 * An amount of money and its destination. Later versions may have more subtypes: give a
 * {@code switch} a default branch.
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
		return orNone().nickname();
	}

	/**
	 * Return whether the destination is saved as a favourite.
	 * @return whether it is a favourite, or {@code null}
	 */
	default @Nullable Boolean favourite() {
		return orNone().favourite();
	}

	/**
	 * Return the phone number of a mobile wallet.
	 * @return the phone number, or {@code null}
	 */
	default @Nullable String phoneNumber() {
		return orNone().phoneNumber();
	}

	/**
	 * Return the network of a mobile wallet.
	 * @return the network, or {@code null}
	 */
	default @Nullable String network() {
		return orNone().network();
	}

	/**
	 * Return the name of the owner of a bank account.
	 * @return the name, or {@code null}
	 */
	default @Nullable String accountName() {
		return orNone().accountName();
	}

	/**
	 * Return the number of a bank account.
	 * @return the number, or {@code null}
	 */
	default @Nullable String accountNumber() {
		return orNone().accountNumber();
	}

	/**
	 * Return the reference of the branch of the bank.
	 * @return the reference, or {@code null}
	 */
	default @Nullable String bankBranchRef() {
		return orNone().bankBranchRef();
	}

	/**
	 * Return the number of a till.
	 * @return the number, or {@code null}
	 */
	default @Nullable String tillNumber() {
		return orNone().tillNumber();
	}

	/**
	 * Return the number of a paybill.
	 * @return the number, or {@code null}
	 */
	default @Nullable String paybillNumber() {
		return orNone().paybillNumber();
	}

	/**
	 * Return the account at a paybill.
	 * @return the account, or {@code null}
	 */
	default @Nullable String paybillAccountNumber() {
		return orNone().paybillAccountNumber();
	}

	private DestinationDetails orNone() {
		return Objects.requireNonNullElse(destination(), DestinationDetails.NONE);
	}

}
