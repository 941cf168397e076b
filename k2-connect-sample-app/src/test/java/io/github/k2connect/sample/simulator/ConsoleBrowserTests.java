package io.github.k2connect.sample.simulator;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.github.k2connect.sample.shop.Browser;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedWebhook;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the console in a browser, however the shop was started.
 */
abstract class ConsoleBrowserTests extends ShopBrowserTest {

	/**
	 * No till has such a number: the console cannot store the payment.
	 */
	private static final String TOO_LONG = "0".repeat(41);

	ConsoleBrowserTests(int port) {
		super(port);
	}

	@Test
	void showsFormOfEachCall() {
		browser.open(this.console + "/calls");
		assertThat(browser.run("return document.querySelectorAll('.groups h2').length")).isEqualTo("11");
		List<String> addresses = List
			.of(browser.run("return [...document.querySelectorAll('.groups a')].map((link) => link.href).join(' ')")
				.split(" ", -1));
		assertThat(addresses).hasSizeGreaterThan(20).allSatisfy((address) -> {
			browser.open(address);
			browser.await("form.sheet button", "Make the call");
			assertThat(browser.fieldsWithoutName()).isEmpty();
			if (!address.endsWith("-token") && !address.contains("-token-") && !address.contains("whole-balance")) {
				assertThat(browser.run("return document.querySelectorAll('.sheet .field').length")).isNotEqualTo("0");
			}
		});
	}

	@ParameterizedTest
	@ValueSource(strings = { "ask-a-phone-to-pay", "send-money-to-a-phone", "list-the-transactions-of-a-period",
			"create-a-payment-link", "send-a-message-about-a-payment" })
	void makesCallAndShowsItsResult(String call) {
		browser.open(this.console + "/calls/" + call);
		browser.click(".button", "Make the call");
		browser.await(".location", simulatorPage() + "/api/v");
		browser.click(".button", "Get the status");
		browser.await(".details dt", "status");
	}

	@Test
	void waitsForResultOfCall() {
		browser.open(this.console + "/calls/ask-a-phone-to-pay");
		browser.type("#phoneNumber", SimulatedPhoneNumber.CANCELS);
		browser.click(".button", "Make the call");
		browser.click(".button", "Wait for the result");
		browser.await(".details dd", "The request was cancelled by the customer");
	}

	@Test
	void showsViolationAtItsField() {
		browser.open(this.console + "/calls/ask-a-phone-to-pay");
		browser.type("#phoneNumber", "12");
		browser.click(".button", "Make the call");
		browser.await("#phoneNumber[aria-invalid=true]", "");
		browser.await("#phoneNumber-error", "must be a Kenyan phone number");
		browser.click(".problem a", "phoneNumber");
		assertThat(browser.run("return document.querySelector(':target').id")).isEqualTo("phoneNumber");
		assertThat(browser.run("return document.querySelector('#amount').value")).isEqualTo("850");
	}

	@Test
	void showsEventWithoutReload() {
		String reference = "TKLIVE0001";
		browser.open(this.console + "/events");
		browser.run("window.unchanged = true");
		simulator().deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", reference));
		browser.await(".feed code", reference);
		browser.click(".feed summary", reference);
		browser.await(".feed dd", reference);
		assertThat(browser.run("return window.unchanged")).isEqualTo("true");
	}

	@Test
	void discardsParkedEvent() {
		parkEvent();
		browser.click("td .button", "Discard");
		browser.await(".notice", "It is discarded.");
		assertThat(browser.run("return document.querySelectorAll('.button-danger').length")).isEqualTo("0");
	}

	@Test
	void showsWithoutReloadThatEventIsNoLongerParked() throws Exception {
		parkEvent();
		browser.run("window.unchanged = true");
		String key = browser.run("return document.querySelector('input[name=key]').value");
		URI address = URI.create(this.console);
		new Browser(address.getPort()).as("user", "karibu")
			.submit("/console/waiting", "/console/waiting/discard", Map.of("key", key));
		browser.awaitNone(".button-danger");
		assertThat(browser.run("return window.unchanged")).isEqualTo("true");
	}

	private void parkEvent() {
		simulator().deliver(SimulatedWebhook.buygoodsTransactionReceived().with("till_number", TOO_LONG));
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(1)).until(() -> {
			browser.open(this.console + "/waiting");
			return !browser.run("return document.querySelectorAll('.button-danger').length").equals("0");
		});
		browser.await("tbody th", "buygoods_transaction_received");
	}

	@Test
	void linksSimulatorFromConsole() {
		browser.open(this.console);
		browser.click("nav a", "Simulator");
		browser.await("h1", "Kopo Kopo simulator");
	}

}
