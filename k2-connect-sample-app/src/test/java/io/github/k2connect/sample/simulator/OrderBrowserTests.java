package io.github.k2connect.sample.simulator;

import java.math.BigDecimal;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the pages of an order in a browser, with the simulator's phones, however the
 * shop was started.
 */
abstract class OrderBrowserTests extends ShopBrowserTest {

	OrderBrowserTests(int port) {
		super(port);
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
		String reference = cancelAndPayAtTill();
		browser.type("[aria-label='Order that " + reference + " pays']", id(order).substring(0, 8));
		browser.click("form[action$='/" + reference + "'] button", "Match");
		browser.await(".notice", "The order is paid.");
		browser.click("td a", id(order).substring(0, 8) + " PAID");
		browser.await(".reference", reference);
	}

	@Test
	void paysOrderWithCodeOfPaymentAtTill() {
		String order = buy();
		String reference = cancelAndPayAtTill();
		browser.open(order);
		browser.click("a", "Enter the M-PESA code");
		browser.type("#code", "SKV0000000");
		browser.click("button", "Use this payment");
		browser.await("#code-error", "No payment of this amount");
		browser.type("#code", reference);
		browser.click("button", "Use this payment");
		browser.await("h1", "Paid");
		browser.await(".reference", reference);
	}

	@Test
	void showsThatPageIsMissing() {
		browser.open(this.shop + "/nowhere");
		browser.await(".error-status", "404");
	}

	/**
	 * Pay at the till instead of answering the push, and see the payment in the console.
	 * @return the reference of the payment
	 */
	private String cancelAndPayAtTill() {
		prompt().cancel();
		browser.await("h1", "Not paid");
		awaitSubscriptions();
		String reference = simulator().phone(this.number).payTill("K000000", new BigDecimal("850"));
		browser.open(this.console + "/payments");
		browser.await("tbody th", reference);
		return reference;
	}

	private static String id(String order) {
		return order.substring(order.lastIndexOf('/') + 1);
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
