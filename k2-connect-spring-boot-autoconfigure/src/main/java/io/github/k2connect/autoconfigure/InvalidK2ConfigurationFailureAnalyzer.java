package io.github.k2connect.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Explains at start what is wrong with the configuration, and what to do about it.
 */
final class InvalidK2ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidK2ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidK2ConfigurationException cause) {
		return new FailureAnalysis(cause.getMessage(), cause.action(), cause);
	}

}
