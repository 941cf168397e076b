package io.github.k2connect.sample.simulator;

import java.time.Duration;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.PaymentPrompt;
import io.github.k2connect.testfixtures.browser.Chromium;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The shop in a browser, with the simulator's phones, however it was started.
 */
abstract class ShopBrowserTest {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	@RegisterExtension
	static final Chromium browser = new Chromium();

	private static int phones;

	final String shop;

	final String console;

	/**
	 * The phone number of the customer, which no other test uses.
	 */
	final String number = "+2547112223" + (10 + phones++);

	ShopBrowserTest(int port) {
		this.shop = "http://localhost:" + port;
		this.console = this.shop + "/console";
	}

	/**
	 * Return the simulator that the shop uses.
	 */
	abstract K2Simulator simulator();

	final String simulatorPage() {
		return simulator().baseUrl().toString();
	}

	@BeforeEach
	void logInAndLetPhonesRing() {
		browser.open(this.console.replace("//", "//user:karibu@"));
		ring(true);
	}

	@AfterEach
	void heal() {
		simulator().heal();
		ring(false);
	}

	private void ring(boolean on) {
		browser.open(simulatorPage());
		browser.click("#ring", "");
		browser.await("#ring[aria-checked=" + on + "]", "");
	}

	/**
	 * Order a product.
	 * @return the address of the order
	 */
	final String buy() {
		browser.open(this.shop + "/products/kahawa");
		return pay();
	}

	final String pay() {
		browser.type("#phoneNumber", this.number);
		browser.click("button", "Pay with M-PESA");
		browser.await("h1", "Waiting for your phone");
		return browser.run("return location.href");
	}

	final String phone() {
		return "#phone" + this.number.substring(1) + " ";
	}

	final PaymentPrompt prompt() {
		return simulator().phone(this.number).awaitPrompt(TIMEOUT);
	}

}
