package io.github.k2connect.sample.simulator;

import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Tag;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tests for the console in a browser, with the shop and its simulator.
 */
@Tag("long")
class SimulatedConsoleBrowserTests extends ConsoleBrowserTests implements SimulatedShopTest {

	@Autowired
	private K2Simulator simulator;

	SimulatedConsoleBrowserTests() {
		super(PORT);
	}

	@Override
	K2Simulator simulator() {
		return this.simulator;
	}

}
