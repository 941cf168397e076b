package io.github.k2connect;

import java.util.regex.Pattern;

import org.apiguardian.api.API;

/**
 * The names of Kopo Kopo accounts.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class AccountName {

	/**
	 * The name of the account that is configured without one.
	 */
	public static final String DEFAULT = "default";

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{1,40}");

	private AccountName() {
	}

	/**
	 * Return whether a text can be the name of an account.
	 * @param name the text
	 * @return {@code true} for 1 to 40 lower-case letters, digits and hyphens
	 */
	public static boolean isValid(String name) {
		return PATTERN.matcher(name).matches();
	}

}
