package io.github.k2connect.reconciliation;

import io.github.k2connect.AccountName;
import org.jspecify.annotations.Nullable;

/**
 * A till whose payments are reconciled, or a whole company.
 *
 * @param account the name of the account
 * @param number the number of the till, or {@code null} for the company
 */
record Till(String account, @Nullable String number) {

	/**
	 * Return the key of the till in db-scheduler's table. The name of an account has no
	 * colon.
	 */
	String key() {
		return (this.number != null) ? this.account + ":" + this.number : this.account;
	}

	/**
	 * Return the name for log messages.
	 */
	@Override
	public String toString() {
		String name = (this.number != null) ? "till " + this.number : "the company";
		return this.account.equals(AccountName.DEFAULT) ? name : name + " of account " + this.account;
	}

}
