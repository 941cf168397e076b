package io.github.k2connect;

import org.apiguardian.api.API;

/**
 * Thrown when k2-connect cannot start with the configuration.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class InvalidK2ConfigurationException extends RuntimeException {

	private final String description;

	private final String action;

	/**
	 * Create the exception. Its message has both the problem and the action, because a
	 * build that fails shows the message only.
	 * @param description the problem, without secrets
	 * @param action the action to solve it
	 */
	public InvalidK2ConfigurationException(String description, String action) {
		super(description + " " + action);
		this.description = description;
		this.action = action;
	}

	/**
	 * Throw an exception unless the value of a property is valid.
	 * @param valid whether the value is valid
	 * @param property the name of the property
	 * @param rule the rule for the value, for example {@code must be positive}
	 */
	public static void throwUnless(boolean valid, String property, String rule) {
		if (!valid) {
			throw new InvalidK2ConfigurationException(property + " " + rule + ".",
					"Change the value of " + property + ".");
		}
	}

	/**
	 * Return the problem.
	 * @return a sentence
	 */
	public String description() {
		return this.description;
	}

	/**
	 * Return the action to solve the problem.
	 * @return a sentence
	 */
	public String action() {
		return this.action;
	}

}
