package io.github.k2connect.autoconfigure;

/**
 * Thrown when k2-connect cannot start with the configuration.
 */
class InvalidK2ConfigurationException extends RuntimeException {

	private final String description;

	private final String action;

	/**
	 * Create the exception. Its message has both the problem and the action, because a
	 * build that fails shows the message only.
	 * @param description the problem, without secrets
	 * @param action the action to solve it
	 */
	InvalidK2ConfigurationException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	String description() {
		return this.description;
	}

	String action() {
		return this.action;
	}

}
