package io.github.k2connect;

import java.util.List;

/**
 * Thrown when a request is not valid. It is thrown before anything is sent.
 */
public class InvalidK2RequestException extends K2Exception {

	private final List<String> violations;

	/**
	 * Create the exception.
	 * @param violations the violations: each names a property and does not contain its
	 * value
	 */
	public InvalidK2RequestException(List<String> violations) {
		super("Invalid request: " + String.join("; ", violations), null);
		this.violations = List.copyOf(violations);
	}

	/**
	 * Return all violations of the request.
	 * @return at least one violation: a sentence that names a property and says what is
	 * wrong, without the value
	 */
	public List<String> violations() {
		return this.violations;
	}

}
