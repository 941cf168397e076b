package io.github.k2connect.account;

import io.github.k2connect.K2Exception;

/**
 * Thrown when an application asks for an account that neither its configuration nor its
 * {@link K2AccountSource} knows.
 */
public class UnknownK2AccountException extends K2Exception {

	private final String name;

	UnknownK2AccountException(String name) {
		super("There is no Kopo Kopo account of this name", null);
		this.name = name;
	}

	/**
	 * Return the name that was asked for.
	 * @return the name, as the application gave it
	 */
	public String name() {
		return this.name;
	}

}
