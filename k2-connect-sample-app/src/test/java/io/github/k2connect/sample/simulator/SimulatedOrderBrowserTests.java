package io.github.k2connect.sample.simulator;

import io.github.k2connect.test.K2Simulator;
import org.junit.jupiter.api.Tag;

import org.springframework.beans.factory.annotation.Autowired;

/**
 * Tests for the pages of an order in a browser, with the shop and its simulator.
 */
@Tag("long")
class SimulatedOrderBrowserTests extends OrderBrowserTests implements SimulatedShopTest {

	@Autowired
	private K2Simulator simulator;

	SimulatedOrderBrowserTests() {
		super(PORT);
	}

	@Override
	K2Simulator simulator() {
		return this.simulator;
	}

}
