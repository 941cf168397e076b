package io.github.k2connect.reconciliation;

import java.util.regex.Pattern;

import io.github.k2connect.AccountName;
import org.jspecify.annotations.Nullable;

import org.springframework.util.Assert;

/**
 * A till whose payments are reconciled, or a whole company.
 *
 * @param account the name of the account
 * @param number the number of the till, or {@code null} for the company
 */
record Till(String account, @Nullable String number) {

	private static final Pattern NUMBER = Pattern.compile("[A-Za-z0-9]{1,40}");

	/**
	 * Return whether a text may be the number of a till: 1 to 40 letters and digits.
	 * @param text the text, which may have white space around it
	 */
	static boolean isValidNumber(String text) {
		return NUMBER.matcher(text.strip()).matches();
	}

	/**
	 * Create a till.
	 * @param account the name of the account
	 * @param number the number, which may have white space around it
	 * @throws IllegalArgumentException if the number is not valid
	 */
	static Till of(String account, String number) {
		Assert.isTrue(isValidNumber(number), "till must be 1 to 40 letters and digits");
		return new Till(account, number.strip());
	}

	/**
	 * Return the key of the till in the table of tasks. The name of an account has no
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
