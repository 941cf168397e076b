package io.github.k2connect;

/**
 * What is wrong with a property of a request.
 *
 * @param property the name of the property, as in the request, for example
 * {@code phoneNumber}
 * @param message a sentence that names the property and says what is wrong, without the
 * value
 */
public record Violation(String property, String message) {

	/**
	 * Return a violation.
	 * @param property the name of the property
	 * @param message a sentence that names the property, without its value
	 * @return the violation
	 */
	public static Violation of(String property, String message) {
		return new Violation(property, message);
	}

}
