package io.github.k2connect.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Failure analyzer for an invalid configuration.
 */
final class InvalidK2ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidK2ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidK2ConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
