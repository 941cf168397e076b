package io.github.k2connect.test;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * JUnit extension with a simulator, for tests without Spring. In a static field with
 * {@code @RegisterExtension}, all tests of the class share the simulator, which is reset
 * before each test. In an instance field, each test has its own.
 */
public final class K2SimulatorExtension
		implements BeforeAllCallback, BeforeEachCallback, AfterEachCallback, AfterAllCallback {

	private final K2Simulator.Builder builder;

	private @Nullable K2Simulator simulator;

	private boolean shared;

	private K2SimulatorExtension(K2Simulator.Builder builder) {
		this.builder = builder;
	}

	/**
	 * Create an extension for a simulator with all defaults.
	 * @return the extension
	 */
	public static K2SimulatorExtension create() {
		return of(K2Simulator.builder());
	}

	/**
	 * Create an extension.
	 * @param builder the builder that starts the simulator
	 * @return the extension
	 */
	public static K2SimulatorExtension of(K2Simulator.Builder builder) {
		return new K2SimulatorExtension(builder);
	}

	/**
	 * Return the simulator.
	 * @return the running simulator
	 * @throws IllegalStateException before the test and after it
	 */
	public K2Simulator simulator() {
		if (this.simulator == null) {
			throw new IllegalStateException("The simulator runs during a test only");
		}
		return this.simulator;
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		if (this.simulator == null) {
			this.simulator = this.builder.start();
			this.shared = true;
		}
	}

	@Override
	public void beforeEach(ExtensionContext context) {
		if (this.simulator == null) {
			this.simulator = this.builder.start();
		}
		else {
			this.simulator.reset();
		}
	}

	@Override
	public void afterEach(ExtensionContext context) {
		if (!this.shared) {
			close();
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		close();
	}

	private void close() {
		if (this.simulator != null) {
			this.simulator.close();
			this.simulator = null;
		}
	}

}
