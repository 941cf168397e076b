package io.github.k2connect;

import java.util.regex.Pattern;

import org.apiguardian.api.API;

/**
 * Rules for the names of Kopo Kopo accounts.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class AccountName {

	/**
	 * The name of the default account, which is configured without a name.
	 */
	public static final String DEFAULT = "default";

	private static final Pattern PATTERN = Pattern.compile("[a-z0-9-]{1,40}");

	private AccountName() {
	}

	/**
	 * Return whether the text is a valid account name.
	 * @param name the text
	 * @return {@code true} for 1 to 40 lower-case letters, digits and hyphens
	 */
	public static boolean isValid(String name) {
		return PATTERN.matcher(name).matches();
	}

}
