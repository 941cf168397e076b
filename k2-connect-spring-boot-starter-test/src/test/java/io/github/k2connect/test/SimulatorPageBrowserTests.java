package io.github.k2connect.test;

import java.util.Map;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Tests for {@link SimulatorPage} in a browser.
 */
class SimulatorPageBrowserTests extends SimulatorTestSupport {

	private static Chromium browser;

	@BeforeAll
	static void startBrowser() {
		browser = Chromium.start();
	}

	@AfterAll
	static void stopBrowser() {
		if (browser != null) {
			browser.close();
		}
	}

	@Override
	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder.interactive().account("plaza");
	}

	@Test
	void looks() {
		PageClient page = new PageClient(this.simulator);
		subscribe("v1", "buygoods_transaction_received", "till", "514459");
		this.application.answer(java.util.List.of(503));
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment("+254711222333"));
		this.simulator.phone("0722000111").payTill("514459", new java.math.BigDecimal("250"));
		this.simulator.phone("0733000111").switchOff();
		page.press("send", Map.of("message", "daraja_transaction", "wrongly", "on"));
		page.press("inject", Map.of("fault", "slow", "seconds", "2", "how", "next", "times", "3"));
		browser.open(this.simulator.baseUrl().toString());
		browser.screenshot("light");
		browser.look("dark", 1280, 900);
		browser.screenshot("dark");
		browser.look("light", 380, 2000);
		browser.screenshot("narrow");
		browser.look("light", 1280, 3000);
		browser.screenshot("long");
	}

}
