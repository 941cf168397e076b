package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.List;

import io.github.k2connect.testfixtures.browser.Chromium;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.openqa.selenium.Keys;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the simulator's page in a browser.
 */
@Tag("long")
class SimulatorPageBrowserTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final String NUMBER = "+254711222333";

	private static final String PHONE = "#phone254711222333 ";

	private static final String LATEST = "#journal-list > li:first-child ";

	@RegisterExtension
	private static final Chromium browser = new Chromium();

	private void openPage() {
		browser.open(this.simulator.baseUrl().toString());
	}

	@Test
	void phoneRingsAndPays() throws Exception {
		openPage();
		browser.click("#ring", "Ring until answered");
		browser.await("#ring[aria-checked=true]", "");
		push(450);
		browser.await(PHONE + ".screen", "Do you want to pay KES 450.00 to Duka Bora, till K000000?");
		browser.await("#announcer", NUMBER + " rings: pay KES 450.00 to Duka Bora");
		for (String digit : List.of("7", "7", "C", "3", "1", "4")) {
			browser.click(PHONE + "[data-digit='" + digit + "']", "");
		}
		browser.click(PHONE + ".pay", "Pay");
		JsonNode result = nextResult("incoming_payment");
		assertThat(result.path("status").asString()).isEqualTo("Success");
		browser.await(PHONE + ".screen", "Ksh69,550.00");
		browser.await(PHONE + ".screen", result.at("/event/resource/reference").asString() + " Confirmed.");
		browser.await(LATEST, "incoming_payment");
	}

	@Test
	void wrongPinFails() throws Exception {
		openRinging(450);
		browser.type(PHONE + ".pin", "0000" + Keys.ENTER);
		assertFailed("The initiator information is invalid.");
		browser.await(".notice", NUMBER + ", KES 450.0 to till K000000: WRONG_PIN");
	}

	@Test
	void cancelFails() throws Exception {
		openRinging(450);
		browser.click(PHONE + ".end", "Cancel");
		assertFailed("The request was cancelled by the customer");
		browser.await(PHONE + ".screen", "Ksh70,000.00");
	}

	@Test
	void secondPushFindsPhoneBusy() throws Exception {
		openRinging(450);
		push(600);
		assertFailed("Unable to lock subscriber, a transaction is already in process");
		browser.await(PHONE + ".screen", "KES 450.00");
		browser.click(PHONE + "summary", "Pushes");
		browser.await(PHONE + "details", "KES 600.0 to till K000000: BUSY");
	}

	@Test
	void pinIsKeptWhileOtherThingsHappen() throws Exception {
		openRinging(450);
		browser.type(PHONE + ".pin", "12");
		push(600);
		browser.await(PHONE + "details:last-of-type .count", "2");
		this.caller.get("/api/v1/polling/unknown");
		browser.await(LATEST, "/api/v1/polling/unknown");
		assertFailed("Unable to lock subscriber, a transaction is already in process");
		browser.focused().sendKeys("34", Keys.ENTER);
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
	}

	@Test
	void paysAtTill() throws Exception {
		subscribe("v1", "buygoods_transaction_received", "till", "514459");
		openPage();
		browser.type("[name=number]", "0711 222 333" + Keys.ENTER);
		browser.click(PHONE + "summary", "Money");
		browser.type(PHONE + "[name=amount]", "320");
		browser.click(PHONE + "button", "Pay at the till");
		String reference = nextWebhook("buygoods_transaction_received").path("reference").asString();
		browser.await(".notice", NUMBER + " paid: " + reference);
		browser.await(PHONE + ".screen", reference + " Confirmed. Ksh320.00 paid to till 514459.");
	}

	@Test
	void faultIsHealed() {
		openPage();
		browser.click(".fault", "Status 503");
		browser.click("[name=how]", "Until healed");
		browser.await("#healing", "status 503, until it is ended");
		assertThat(this.caller.get("/api/v1/polling/unknown").status()).isEqualTo(503);
		browser.await(LATEST + ".status", "503");
		browser.click("#healing button", "Heal");
		browser.await("#healthy", "Nothing.");
		assertThat(this.caller.get("/api/v1/polling/unknown").status()).isEqualTo(404);
	}

	@Test
	void messageIsSentAndDeliveredAgain() throws Exception {
		openPage();
		browser.click(".samples a", "Payment from another till");
		browser.await(".samples [aria-current]", "Payment from another till");
		browser.type("[name='field.event.resource.amount']", "15.0");
		browser.click("[formaction]", "Edit as JSON");
		browser.await("#json[open] textarea", "\"amount\" : \"15.0\"");
		browser.click("#json button", "Sign and send the JSON");
		browser.await(".notice", "b2b_transaction_received: the application answered 200.");
		RecordingApplication.Delivery sent = this.application.next();
		assertThat(sent.json().at("/event/resource/amount").asString()).isEqualTo("15.0");
		browser.click(LATEST + "summary", "b2b_transaction_received");
		browser.await(LATEST + ".right", "right");
		browser.click(LATEST + "button", "Deliver again");
		RecordingApplication.Delivery again = this.application.next();
		assertThat(again.bytes()).isEqualTo(sent.bytes());
		assertThat(again.signature()).isEqualTo(sent.signature());
		browser.await("#journal-list > li:nth-child(2) details[open]", "b2b_transaction_received");
	}

	@Test
	void journalIsFilteredAndCopied() {
		this.caller.get("/api/v1/polling/unknown");
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		openPage();
		browser.type("[name=q]", "polling");
		browser.awaitNone(".delivery");
		browser.click(LATEST + "summary", "/api/v1/polling/unknown");
		browser.click(LATEST + "[data-copy]", "Copy as curl");
		browser.await("#announcer", "Copied");
		assertThat(browser.run("return getSelection().toString()")).isEqualTo("curl -X 'GET' '"
				+ this.simulator.baseUrl() + "/api/v1/polling/unknown' \\\n  -H 'Authorization: Bearer ***'");
	}

	@Test
	void hostileDataRunsNoScript() {
		String script = "<img src=x onerror=\"document.title='hit'\"><script>document.title='hit'</script>";
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(NUMBER), "/till_number", script));
		openPage();
		browser.await(LATEST, "incoming_payment");
		this.caller.post(PATH, script);
		browser.await(LATEST + ".status", "400");
		assertThat(browser.run("return document.title")).isEqualTo("Kopo Kopo simulator");
		assertThat(browser.run("return document.querySelectorAll('img').length")).isEqualTo("0");
		assertThat(browser.run("return new Promise((done) => {"
				+ "document.addEventListener('securitypolicyviolation', () => done('refused'));"
				+ "const script = document.createElement('script'); script.textContent = 'document.title = 1';"
				+ "document.body.append(script); })"))
			.isEqualTo("refused");
	}

	@Test
	void worksWithoutJavaScript() throws Exception {
		this.simulator.phone(NUMBER).balance(new BigDecimal("1000"));
		browser.openWithoutJavaScript(this.simulator.baseUrl().toString());
		browser.click("#ring", "Ring until answered");
		browser.await("#ring[aria-checked=true]", "");
		push(450);
		browser.openWithoutJavaScript(this.simulator.baseUrl().toString());
		browser.type(PHONE + ".pin", "1234");
		browser.click(PHONE + ".pay", "Pay");
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
		browser.await(PHONE + ".screen", "Ksh550.00");
		browser.type("[name=q]", "oauth");
		browser.click("#filter button", "Filter");
		browser.awaitNone(".delivery");
		browser.await(LATEST, "/oauth/token");
	}

	@Test
	void everyoneCanReadAndUseIt() {
		this.simulator.phone("0733000111").switchOff();
		this.simulator.inject(SimulatedFault.callbackTwice());
		this.application.answer(List.of(503));
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		openRinging(450);
		browser.click(LATEST + "summary", "");
		assertThat(browser.fieldsWithoutName()).isEmpty();
		for (String scheme : List.of("light", "dark")) {
			browser.look(scheme, 1280, 900);
			assertThat(browser.paleTexts()).as(scheme).isEmpty();
		}
	}

	@Test
	void screenshots() {
		subscribe("v1", "buygoods_transaction_received", "till", "514459");
		this.application.answer(List.of(503));
		openRinging(2500);
		this.simulator.phone("0722000111").payTill("514459", new BigDecimal("250"));
		this.simulator.phone("0733000111").switchOff();
		browser.click(".fault", "Callback twice");
		browser.click("[name=how]", "For the next");
		browser.await("#healing", "callback twice, for the next 3 times");
		browser.await("#journal-list", "attempt 2");
		browser.awaitStill(PHONE + ".handset");
		for (String scheme : List.of("light", "dark")) {
			browser.look(scheme, 1280, 900);
			browser.screenshot("simulator-" + scheme, "header");
		}
		browser.look("light", 380, 900);
		assertThat(browser.run("return document.documentElement.scrollWidth")).isEqualTo("380");
		browser.screenshot("simulator-narrow", "header");
		browser.look("light", 1600, 900);
		browser.click("#journal-list summary", "attempt 2");
		browser.screenshot("simulator-wide", "header");
		browser.look("light", 1280, 900);
		browser.screenshot("simulator-messages", "#message");
	}

	private void openRinging(int amount) {
		openPage();
		browser.click("#ring", "Ring until answered");
		browser.await("#ring[aria-checked=true]", "");
		push(amount);
		browser.await(PHONE + ".screen", "Do you want to pay");
	}

	private void push(int amount) {
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(NUMBER), "/amount/value", amount));
	}

	private void assertFailed(String error) throws InterruptedException {
		assertThat(nextResult("incoming_payment").at("/event/errors").asString()).isEqualTo(error);
	}

}
