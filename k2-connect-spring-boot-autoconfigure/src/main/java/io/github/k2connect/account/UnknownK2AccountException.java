package io.github.k2connect.account;

import io.github.k2connect.AccountName;
import io.github.k2connect.K2Exception;

import org.springframework.core.log.LogFormatUtils;

/**
 * Thrown when there is no account with a name, neither in the configuration nor in the
 * {@link K2AccountSource}.
 */
public class UnknownK2AccountException extends K2Exception {

	private static final int MAX_LENGTH = 40;

	private final String name;

	UnknownK2AccountException(String name) {
		super(message(name), null);
		this.name = name;
	}

	/**
	 * Return the requested name.
	 * @return the name, as the application gave it
	 */
	public String name() {
		return this.name;
	}

	private static String message(String name) {
		String printable = LogFormatUtils.formatValue(name, MAX_LENGTH, true);
		return AccountName.isValid(name)
				? "There is no Kopo Kopo account " + printable + ", neither in k2.accounts nor in a K2AccountSource"
				: printable + " cannot be the name of a Kopo Kopo account:"
						+ " a name is 1 to 40 lower-case letters, digits and hyphens";
	}

}
