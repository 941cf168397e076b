package io.github.k2connect;

import java.util.List;
import java.util.stream.Collectors;

/**
 * Thrown when a request is not valid. It is thrown before anything is sent.
 */
public class InvalidK2RequestException extends K2Exception {

	private final List<Violation> violations;

	/**
	 * Create the exception.
	 * @param violations the violations, at least one
	 */
	public InvalidK2RequestException(List<Violation> violations) {
		super("Invalid request: " + violations.stream().map(Violation::message).collect(Collectors.joining("; ")),
				null);
		this.violations = List.copyOf(violations);
	}

	/**
	 * Return all violations of the request.
	 * @return at least one violation
	 */
	public List<Violation> violations() {
		return this.violations;
	}

}
