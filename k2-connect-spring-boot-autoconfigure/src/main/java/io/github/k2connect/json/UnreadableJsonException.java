package io.github.k2connect.json;

import org.apiguardian.api.API;

/**
 * Thrown when a body is not JSON, or when a property does not hold what it should. The
 * message names the property, never its value.
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
	 * Create the exception for a property that does not hold what it should.
	 * @param name the property
	 * @param expected what it should hold, for example {@code "an amount"}
	 * @return the exception to throw
	 */
	public static UnreadableJsonException property(String name, String expected) {
		return new UnreadableJsonException("'" + name + "' is not " + expected);
	}

}
