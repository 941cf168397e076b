package io.github.k2connect.autoconfigure;

/**
 * A configuration with which k2-connect cannot start.
 */
class InvalidK2ConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param description what is wrong, free of secrets
	 * @param action what to do about it
	 */
	InvalidK2ConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

}
