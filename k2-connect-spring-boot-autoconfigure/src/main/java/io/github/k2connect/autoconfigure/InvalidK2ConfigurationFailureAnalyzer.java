package io.github.k2connect.autoconfigure;

import io.github.k2connect.InvalidK2ConfigurationException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.annotation.Order;

/**
 * Failure analyzer for an invalid configuration. It comes before Spring Boot's analyzer
 * for properties that cannot be bound.
 */
@Order(0)
final class InvalidK2ConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<InvalidK2ConfigurationException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidK2ConfigurationException cause) {
		return new FailureAnalysis(cause.description(), cause.action(), cause);
	}

}
