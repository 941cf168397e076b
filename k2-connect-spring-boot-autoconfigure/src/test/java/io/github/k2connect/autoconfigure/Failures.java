package io.github.k2connect.autoconfigure;

import java.util.Objects;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * The analysis of a failed start.
 */
public final class Failures {

	private Failures() {
	}

	/**
	 * Analyze an invalid configuration.
	 */
	public static FailureAnalysis analyze(@Nullable Throwable failure) {
		return Objects
			.requireNonNull(new InvalidK2ConfigurationFailureAnalyzer().analyze(Objects.requireNonNull(failure)));
	}

}
