package io.github.k2connect.sample.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.PaymentPrompt;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.testfixtures.browser.Chromium;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for every page of the shop and its console in a browser, with the simulator's
 * phones, however the shop was started.
 */
abstract class ShopBrowserTests {

	static final Duration TIMEOUT = Duration.ofSeconds(20);

	static Chromium browser;

	/**
	 * No till has such a number: the console cannot store the payment.
	 */
	private static final String TOO_LONG = "0".repeat(41);

	private static int phones;

	final String shop;

	final String console;

	/**
	 * The phone number of the customer, which no other test uses.
	 */
	final String number = "+2547112223" + (10 + phones++);

	ShopBrowserTests(int port) {
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

	@Test
	void showsPaidOrderWithoutReload() {
		browser.open(this.shop);
		browser.click("a[href='/products/kahawa']", "");
		pay();
		browser.run("window.unchanged = true");
		browser.await(".time-left", "seconds left");
		prompt().enterPin();
		browser.await("h1", "Paid");
		browser.await(".reference", "");
		assertThat(browser.run("return window.unchanged")).isEqualTo("true");
	}

	@Test
	void showsThatPinWasWrong() {
		String order = buy();
		answerOnPhone("0000");
		browser.open(order);
		browser.await("h1", "Not paid");
		browser.await(".lead", "The M-PESA PIN was wrong.");
		browser.click("a", "Try again");
		browser.await("h1", "Nyeri AA coffee");
	}

	@Test
	void showsThatMoneyIsNotEnough() {
		simulator().phone(this.number).balance(new BigDecimal("849"));
		String order = buy();
		answerOnPhone("1234");
		browser.open(order);
		browser.await(".lead", "there is not enough balance");
	}

	@Test
	void findsPaymentWhoseCallbackIsLost() {
		browser.open(simulatorPage());
		browser.click(".fault", "Callback lost");
		browser.click("[name=how]", "Until healed");
		browser.await("#healing", "callback lost");
		buy();
		prompt().enterPin();
		browser.await("h1", "Paid");
	}

	@Test
	void matchesPaymentAtTillWithOrder() {
		String order = buy();
		prompt().cancel();
		browser.await("h1", "Not paid");
		awaitSubscriptions();
		String reference = simulator().phone(this.number).payTill("K000000", new BigDecimal("850"));
		browser.open(this.console + "/payments");
		browser.await("tbody th", reference);
		browser.type("[aria-label='Order that " + reference + " pays']", id(order).substring(0, 8));
		browser.click("form[action$='/" + reference + "'] button", "Match");
		browser.await(".notice", "The order is paid.");
		browser.click("td a", id(order).substring(0, 8) + " PAID");
		browser.await(".reference", reference);
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
		simulator().deliver(SimulatedWebhook.buygoodsTransactionReceived().with("till_number", TOO_LONG));
		Awaitility.await().atMost(TIMEOUT).pollInterval(Duration.ofSeconds(1)).until(this::showsParkedEvent);
		browser.await("tbody th", "buygoods_transaction_received");
		browser.click("td .button", "Discard");
		browser.await(".notice", "It is discarded.");
		assertThat(showsParkedEvent()).isFalse();
	}

	private boolean showsParkedEvent() {
		browser.open(this.console + "/waiting");
		return !browser.run("return document.querySelectorAll('.button-danger').length").equals("0");
	}

	@Test
	void showsThatPageIsMissing() {
		browser.open(this.shop + "/nowhere");
		browser.await(".error-status", "404");
	}

	@Test
	void linksSimulatorFromConsole() {
		browser.open(this.console);
		browser.click("nav a", "Simulator");
		browser.await("h1", "Kopo Kopo simulator");
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

	private static String id(String order) {
		return order.substring(order.lastIndexOf('/') + 1);
	}

	final String phone() {
		return "#phone" + this.number.substring(1) + " ";
	}

	final PaymentPrompt prompt() {
		return simulator().phone(this.number).awaitPrompt(TIMEOUT);
	}

	private void answerOnPhone(String pin) {
		browser.open(simulatorPage());
		browser.await(phone() + ".screen", "Do you want to pay KES 850.00");
		browser.type(phone() + ".pin", pin);
		browser.click(phone() + ".pay", "Pay");
		browser.awaitNone(phone() + ".pin");
	}

	private void awaitSubscriptions() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> simulator().requests()
				.stream()
				.filter((request) -> request.path().endsWith("/webhook_subscriptions"))
				.count() >= 2);
	}

}
