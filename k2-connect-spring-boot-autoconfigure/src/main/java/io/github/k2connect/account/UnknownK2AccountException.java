package io.github.k2connect.account;

import io.github.k2connect.K2Exception;

/**
 * Thrown when there is no account with a name, neither in the configuration nor in the
 * {@link K2AccountSource}.
 */
public class UnknownK2AccountException extends K2Exception {

	private final String name;

	UnknownK2AccountException(String name) {
		super("There is no Kopo Kopo account of this name", null);
		this.name = name;
	}

	/**
	 * Return the requested name.
	 * @return the name, as the application gave it
	 */
	public String name() {
		return this.name;
	}

}
