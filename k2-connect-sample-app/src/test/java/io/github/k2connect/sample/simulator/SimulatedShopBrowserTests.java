package io.github.k2connect.sample.simulator;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.test.PaymentPrompt;
import io.github.k2connect.test.SimulatedPhoneNumber;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.testfixtures.browser.Chromium;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shop, its console and the simulator's phones in a browser.
 */
@Tag("long")
class SimulatedShopBrowserTests extends SimulatedShopTestSupport {

	private static final String SHOP = "http://localhost:" + port;

	private static final String CONSOLE = SHOP + "/console";

	private static final String SIMULATOR = "http://localhost:" + simulatorPort;

	private static final List<String> PAGES = List.of("/console", "/console/events", "/console/payments",
			"/console/calls", "/console/calls/ask-a-phone-to-pay", "/console/waiting", "/", "/products/kahawa");

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static Chromium browser;

	private static int phones;

	@Autowired
	private K2Inbox inbox;

	/**
	 * The phone number of the customer, which no other test uses.
	 */
	private final String number = "+2547112223" + (10 + phones++);

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
		browser.open(CONSOLE.replace("//", "//user:karibu@"));
		ring(true);
	}

	@AfterEach
	void heal() {
		this.simulator.heal();
		this.failingListener.fails.set(false);
		this.inbox.parked().forEach((event) -> this.inbox.discard(event.key()));
		ring(false);
	}

	private void ring(boolean on) {
		browser.open(SIMULATOR);
		browser.click("#ring", "");
		browser.await("#ring[aria-checked=" + on + "]", "");
	}

	@Test
	void showsPaidOrderWithoutReload() {
		browser.open(SHOP);
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
		this.simulator.phone(this.number).balance(new BigDecimal("849"));
		String order = buy();
		answerOnPhone("1234");
		browser.open(order);
		browser.await(".lead", "there is not enough balance");
	}

	@Test
	void findsPaymentWhoseCallbackIsLost() {
		browser.open(SIMULATOR);
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
		String reference = this.simulator.phone(this.number).payTill("K000000", new BigDecimal("850"));
		browser.open(CONSOLE + "/payments");
		browser.await("tbody th", reference);
		browser.type("[aria-label='Order that " + reference + " pays']", id(order).substring(0, 8));
		browser.click("form[action$='/" + reference + "'] button", "Match");
		browser.await(".notice", "The order is paid.");
		browser.click("td a", id(order).substring(0, 8) + " PAID");
		browser.await(".reference", reference);
	}

	@Test
	void showsFormOfEachCall() {
		browser.open(CONSOLE + "/calls");
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
		browser.open(CONSOLE + "/calls/" + call);
		browser.click(".button", "Make the call");
		browser.await(".location", SIMULATOR + "/api/v");
		browser.click(".button", "Get the status");
		browser.await(".details dt", "status");
	}

	@Test
	void waitsForResultOfCall() {
		browser.open(CONSOLE + "/calls/ask-a-phone-to-pay");
		browser.type("#phoneNumber", SimulatedPhoneNumber.CANCELS);
		browser.click(".button", "Make the call");
		browser.click(".button", "Wait for the result");
		browser.await(".details dd", "The request was cancelled by the customer");
	}

	@Test
	void showsViolationAtItsField() {
		browser.open(CONSOLE + "/calls/ask-a-phone-to-pay");
		browser.type("#phoneNumber", "12");
		browser.click(".button", "Make the call");
		browser.await("#phoneNumber[aria-invalid=true]", "");
		browser.await("#phoneNumber-error", "must be a Kenyan phone number");
		browser.click(".problem a", "phoneNumber");
		assertThat(browser.run("return document.querySelector(':target').id")).isEqualTo("phoneNumber");
		assertThat(browser.run("return document.querySelector('#amount').value")).isEqualTo("850");
	}

	@Test
	void retriesParkedEvent() {
		parkEvent();
		browser.open(CONSOLE + "/waiting");
		browser.await("tbody th", "customer_created");
		this.failingListener.fails.set(false);
		browser.click("td .button", "Retry");
		browser.await(".notice", "It is handled again now.");
		browser.open(CONSOLE + "/events?kind=CustomerCreated");
		browser.await(".feed .kind", "CustomerCreated");
		assertThat(this.inbox.parked()).isEmpty();
	}

	@Test
	void showsEventWithoutReload() {
		String reference = "TKLIVE0001";
		browser.open(CONSOLE + "/events");
		browser.run("window.unchanged = true");
		this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("reference", reference));
		browser.await(".feed code", reference);
		browser.click(".feed summary", reference);
		browser.await(".feed dd", reference);
		assertThat(browser.run("return window.unchanged")).isEqualTo("true");
	}

	@Test
	void linksSimulatorFromConsole() {
		browser.open(CONSOLE);
		browser.click("nav a", "Simulator");
		browser.await("h1", "Kopo Kopo simulator");
	}

	@Test
	void worksWithoutJavaScript() {
		browser.openWithoutJavaScript(SHOP);
		browser.click("a[href='/products/kahawa']", "");
		pay();
		prompt().enterPin();
		browser.await("h1", "Paid");
		String reference = browser.await(".reference", "").getText();
		browser.openWithoutJavaScript(CONSOLE + "/events?text=" + reference);
		browser.click(".feed summary", "StkPushResult");
		browser.await(".feed dd", reference);
		parkEvent();
		browser.openWithoutJavaScript(CONSOLE + "/waiting");
		browser.click("td .button", "Discard");
		browser.await(".notice", "It is discarded.");
		browser.openWithoutJavaScript(CONSOLE + "/calls/request-a-token");
		browser.click(".button", "Make the call");
		browser.await(".outcome", "Result");
	}

	@Test
	void everyoneCanReadAndUseIt() {
		buy();
		prompt().enterPin();
		browser.await("h1", "Paid");
		parkEvent();
		for (String page : PAGES) {
			browser.open(SHOP + page);
			assertThat(browser.fieldsWithoutName()).as(page).isEmpty();
			for (String scheme : List.of("light", "dark")) {
				browser.look(scheme, 390, 844);
				assertThat(browser.paleTexts()).as(page + " " + scheme).isEmpty();
				assertThat(browser.run("return document.documentElement.scrollWidth")).as(page).isEqualTo("390");
			}
		}
	}

	@Test
	void screenshots() {
		this.simulator.phone(this.number).balance(new BigDecimal("12000"));
		String order = buy();
		prompt();
		screenshotsOf(order, "order-waiting");
		browser.open(SIMULATOR);
		browser.awaitStill(phone() + ".handset");
		screenshots("phone", "header");
		prompt().enterPin();
		browser.open(order);
		browser.await("h1", "Paid");
		screenshotsOf(order, "order-paid");
		buy();
		prompt().enterPin("0000");
		browser.await("h1", "Not paid");
		this.simulator.deliver(SimulatedResult.sendMoney());
		parkEvent();
		browser.open(CONSOLE + "/events");
		browser.await(".feed .kind", "SendMoneyResult");
		screenshotsOf(SHOP, "shop");
		screenshotsOf(SHOP + "/products/kahawa", "product");
		screenshotsOf(CONSOLE, "today");
		screenshotsOf(CONSOLE + "/events", "events");
		screenshotsOf(CONSOLE + "/payments", "payments");
		screenshotsOf(CONSOLE + "/calls", "calls");
		screenshotsOf(CONSOLE + "/calls/ask-a-phone-to-pay", "call");
		screenshotsOf(CONSOLE + "/waiting", "waiting");
	}

	private static void screenshotsOf(String address, String name) {
		browser.open(address);
		screenshots(name, "body");
	}

	private static void screenshots(String name, String top) {
		for (String scheme : List.of("light", "dark")) {
			browser.look(scheme, 1280, 900);
			browser.screenshot("sample-" + name + "-" + scheme, top);
			browser.look(scheme, 390, 844);
			browser.screenshot("sample-" + name + "-narrow-" + scheme, top);
		}
	}

	/**
	 * Order a product.
	 * @return the address of the order
	 */
	private String buy() {
		browser.open(SHOP + "/products/kahawa");
		return pay();
	}

	private String pay() {
		browser.type("#phoneNumber", this.number);
		browser.click("button", "Pay with M-PESA");
		browser.await("h1", "Waiting for your phone");
		return browser.run("return location.href");
	}

	private static String id(String order) {
		return order.substring(order.lastIndexOf('/') + 1);
	}

	private String phone() {
		return "#phone" + this.number.substring(1) + " ";
	}

	private PaymentPrompt prompt() {
		return this.simulator.phone(this.number).awaitPrompt(TIMEOUT);
	}

	private void answerOnPhone(String pin) {
		browser.open(SIMULATOR);
		browser.await(phone() + ".screen", "Do you want to pay KES 850.00");
		browser.type(phone() + ".pin", pin);
		browser.click(phone() + ".pay", "Pay");
		browser.awaitNone(phone() + ".pin");
	}

	private void awaitSubscriptions() {
		Awaitility.await()
			.atMost(TIMEOUT)
			.until(() -> this.simulator.requests()
				.stream()
				.filter((request) -> request.path().endsWith("/webhook_subscriptions"))
				.count() >= 2);
	}

	private void parkEvent() {
		this.failingListener.fails.set(true);
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		Awaitility.await().atMost(TIMEOUT).until(() -> this.inbox.parked().size() == 1);
	}

}
