package io.github.k2connect.test;

import java.net.URI;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.env.Environment;

/**
 * Failure analyzer for an application whose simulator cannot listen on its port.
 */
final class SimulatorPortFailureAnalyzer extends AbstractFailureAnalyzer<SimulatorPortException> {

	private static final String BASE_URL = "k2.base-url";

	private final Environment environment;

	SimulatorPortFailureAnalyzer(Environment environment) {
		this.environment = environment;
	}

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, SimulatorPortException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Stop the program that uses the port, perhaps this application, which runs already. Or set another port in "
						+ setting(cause.port()) + ".",
				cause);
	}

	private String setting(int port) {
		return (URI.create(this.environment.getProperty(BASE_URL, "")).getPort() == port) ? BASE_URL
				: "the attribute 'port' of @AutoConfigureK2Simulator, or in the builder of the simulator";
	}

}
