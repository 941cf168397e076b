package io.github.k2connect.sample.simulator;

import java.math.BigDecimal;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import io.github.k2connect.webhook.inbox.K2Inbox;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the shop with its simulator in a browser.
 */
@Tag("long")
class SimulatedShopBrowserTests extends ShopBrowserTest implements SimulatedShopTest {

	private static final List<String> PAGES = List.of("/console", "/console/events", "/console/payments",
			"/console/calls", "/console/calls/ask-a-phone-to-pay", "/console/waiting", "/", "/products/kahawa");

	@Autowired
	private K2Inbox inbox;

	@Autowired
	private K2Simulator simulator;

	@Autowired
	private FailingListener failingListener;

	SimulatedShopBrowserTests() {
		super(PORT);
	}

	@Override
	K2Simulator simulator() {
		return this.simulator;
	}

	@AfterEach
	void discardParkedEvents() {
		this.failingListener.fails.set(false);
		this.inbox.parked().forEach((event) -> this.inbox.discard(event.key()));
	}

	@Test
	void retriesParkedEvent() {
		parkEvent();
		browser.open(this.console + "/waiting");
		browser.await("tbody th", "customer_created");
		this.failingListener.fails.set(false);
		browser.click("td .button", "Retry");
		browser.await(".notice", "It is handled again now.");
		browser.open(this.console + "/events?kind=CustomerCreated");
		browser.await(".feed .kind", "CustomerCreated");
		assertThat(this.inbox.parked()).isEmpty();
	}

	@Test
	void worksWithoutJavaScript() {
		browser.openWithoutJavaScript(this.shop);
		browser.click("a[href='/products/kahawa']", "");
		pay();
		prompt().enterPin();
		browser.await("h1", "Paid");
		String reference = browser.await(".reference", "").getText();
		browser.openWithoutJavaScript(this.console + "/events?text=" + reference);
		browser.click(".feed summary", "StkPushResult");
		browser.await(".feed dd", reference);
		parkEvent();
		browser.openWithoutJavaScript(this.console + "/waiting");
		browser.click("td .button", "Discard");
		browser.await(".notice", "It is discarded.");
		browser.openWithoutJavaScript(this.console + "/calls/request-a-token");
		browser.click(".button", "Make the call");
		browser.await(".outcome", "Result");
	}

	@Test
	void everyoneCanReadAndUseIt() {
		String order = buy();
		prompt().enterPin();
		browser.await("h1", "Paid");
		parkEvent();
		List<String> pages = new ArrayList<>(PAGES);
		pages.add(URI.create(order).getPath() + "/code");
		for (String page : pages) {
			browser.open(this.shop + page);
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
		browser.open(simulatorPage());
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
		browser.open(this.console + "/events");
		browser.await(".feed .kind", "SendMoneyResult");
		screenshotsOf(order + "/code", "order-code");
		screenshotsOf(this.shop, "shop");
		screenshotsOf(this.shop + "/products/kahawa", "product");
		screenshotsOf(this.console, "today");
		screenshotsOf(this.console + "/events", "events");
		screenshotsOf(this.console + "/payments", "payments");
		screenshotsOf(this.console + "/calls", "calls");
		screenshotsOf(this.console + "/calls/ask-a-phone-to-pay", "call");
		screenshotsOf(this.console + "/waiting", "waiting");
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

	private void parkEvent() {
		this.failingListener.fails.set(true);
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		Awaitility.await().atMost(TIMEOUT).until(() -> this.inbox.parked().size() == 1);
	}

}
