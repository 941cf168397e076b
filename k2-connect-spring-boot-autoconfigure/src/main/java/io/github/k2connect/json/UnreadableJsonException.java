package io.github.k2connect.json;

import org.apiguardian.api.API;

/**
 * Thrown when a body is not JSON, or when a property has an unexpected value. The message
 * contains the name of the property, never its value.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class UnreadableJsonException extends RuntimeException {

	UnreadableJsonException(String message) {
		super(message);
	}

	@Override
	public String getMessage() {
		return String.valueOf(super.getMessage());
	}

	/**
	 * Create the exception for a missing property.
	 * @param name the property
	 * @return the exception to throw
	 */
	public static UnreadableJsonException missing(String name) {
		return new UnreadableJsonException("'" + name + "' is missing");
	}

	/**
	 * Create the exception for a property with an unexpected value.
	 * @param name the property
	 * @param expected the expected value, for example {@code "an amount"}
	 * @return the exception to throw
	 */
	public static UnreadableJsonException property(String name, String expected) {
		return new UnreadableJsonException("'" + name + "' is not " + expected);
	}

}
