package io.github.k2connect;

import java.util.List;

/**
 * A request that cannot be sent as it is. Thrown before any I/O, so nothing has happened.
 */
public class InvalidK2RequestException extends K2Exception {

	private final List<String> violations;

	/**
	 * Create the exception.
	 * @param violations every violation, each naming its property and none the value
	 */
	public InvalidK2RequestException(List<String> violations) {
		super("Invalid request: " + String.join("; ", violations), null);
		this.violations = List.copyOf(violations);
	}

	/**
	 * Return everything that is wrong with the request, all at once.
	 * @return at least one violation: a sentence that names a property and says what is
	 * wrong with it, without the value
	 */
	public List<String> violations() {
		return this.violations;
	}

}
