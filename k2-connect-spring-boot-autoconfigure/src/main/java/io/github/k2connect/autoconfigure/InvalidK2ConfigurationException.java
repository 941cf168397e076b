package io.github.k2connect.autoconfigure;

/**
 * Thrown when k2-connect cannot start with the configuration.
 */
class InvalidK2ConfigurationException extends RuntimeException {

	private final String action;

	/**
	 * Create the exception.
	 * @param description the problem, without secrets
	 * @param action the action to solve it
	 */
	InvalidK2ConfigurationException(String description, String action) {
		super(description);
		this.action = action;
	}

	String action() {
		return this.action;
	}

	/**
	 * Return the problem and the action. A build that fails shows the stack trace only.
	 */
	@Override
	@SuppressWarnings("OverrideThrowableToString") // the message alone is the problem
	public String toString() {
		return super.toString() + " " + this.action;
	}

}
