package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SimulatorPage} and {@link PageActions}, without JavaScript.
 */
class SimulatorPageTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final String NUMBER = "+254711222333";

	private static final Duration TIMEOUT = Duration.ofSeconds(10);

	private PageClient page;

	@BeforeEach
	void openPage() {
		this.page = new PageClient(this.simulator);
	}

	@Override
	K2Simulator.Builder customize(K2Simulator.Builder builder) {
		return builder.account("plaza");
	}

	@Test
	void showsAddressAndApplication() {
		assertThat(this.page.open("/")).contains(this.simulator.baseUrl().toString())
			.contains("value=\"" + this.application.origin() + "\"");
	}

	@Test
	void letsBrowserRunOnlyItsOwnFiles() {
		HttpResponse<String> response = this.page.get("/");
		assertThat(response.headers().firstValue("Content-Security-Policy").orElseThrow())
			.contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
			.doesNotContain("unsafe");
		assertThat(response.body()).doesNotContain("<style", "style=").doesNotContainPattern("<script(?! src)");
	}

	@ParameterizedTest
	@CsvSource({ "page.css, text/css", "page.js, text/javascript", "icon.svg, image/svg+xml" })
	void servesFiles(String name, String type) {
		HttpResponse<String> response = this.page.get("/page/" + name);
		assertThat(response.statusCode()).isEqualTo(200);
		assertThat(response.headers().firstValue("Content-Type").orElseThrow()).startsWith(type);
		assertThat(response.body()).isNotEmpty();
	}

	@Test
	void isNotInJournalAndHasNoFaults() {
		this.simulator.inject(SimulatedFault.down());
		this.page.open("/?q=x");
		this.page.open("/page/page.css");
		this.page.press("phone", Map.of("number", NUMBER));
		assertThat(this.simulator.journal()).extracting(Exchange::path).containsExactly("/oauth/token");
	}

	@Test
	void escapesWhatApplicationSends() {
		String script = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>";
		this.page.press("ring", Map.of("on", "true"));
		this.caller.create(PATH, Bodies.set(Bodies.set(Bodies.incomingPayment(NUMBER), "/till_number", script),
				"/metadata", Map.of(script, script)));
		this.simulator.phone(NUMBER).awaitPrompt(TIMEOUT);
		this.caller.get("/api/v1/%3Cscript%3E?%3Cimg%3E");
		String page = this.page.press("send", Map.of("json", script, "url", "/" + script));
		assertThat(page).contains("&lt;script&gt;alert(1)").doesNotContain("<script>", "<img", "\"'>");
		assertThat(this.page.open("/?q=%22%3E%3Cscript%3E&show=%22%3E&message=%22%3E%3Cscript%3E"))
			.doesNotContain("<script>", "\">\"");
	}

	@Test
	void phonesRingWhenAsked() throws Exception {
		assertThat(this.page.open("/")).contains("aria-checked=\"false\"");
		assertThat(this.page.press("ring", Map.of("on", "true"))).contains("aria-checked=\"true\"");
		push(450);
		assertThat(this.page.open("/")).contains("Do you want to pay KES 450.00 to Duka Bora, till K000000?");
		assertThat(this.page.press("ring", Map.of())).contains("aria-checked=\"false\"");
		this.caller.create(PATH, Bodies.incomingPayment("+254711000000"));
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
	}

	@Test
	void resetLetsPhonesPayAgain() {
		this.page.press("ring", Map.of("on", "true"));
		this.simulator.reset();
		assertThat(this.page.open("/")).contains("aria-checked=\"false\"");
	}

	@ParameterizedTest
	@CsvSource({ "1234, Success, PAYS", "0000, Failed, WRONG_PIN" })
	void entersPin(String pin, String status, String answer) throws Exception {
		String push = ring();
		String page = this.page.press("pin", Map.of("number", NUMBER, "push", push, "pin", pin));
		assertThat(page).contains(NUMBER + ", KES 450.0 to till K000000: " + answer);
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo(status);
	}

	@Test
	void cancels() throws Exception {
		this.page.press("cancel", Map.of("number", NUMBER, "push", ring()));
		assertThat(nextResult("incoming_payment").at("/event/errors").asString())
			.isEqualTo("The request was cancelled by the customer");
	}

	@Test
	void doesNotAnswerOtherPushThanShown() {
		String push = ring();
		this.page.press("cancel", Map.of("number", NUMBER, "push", push));
		push(9000);
		PaymentPrompt prompt = this.simulator.phone(NUMBER).awaitPrompt(TIMEOUT);
		String page = this.page.press("pin", Map.of("number", NUMBER, "push", push, "pin", "1234"));
		assertThat(page).contains(NUMBER + " no longer shows this prompt");
		assertThat(this.simulator.phone(NUMBER).prompt()).containsSame(prompt);
	}

	@Test
	void pinHasFourDigits() {
		String page = this.page.press("pin", Map.of("number", NUMBER, "push", ring(), "pin", "12"));
		assertThat(page).contains("A PIN has four digits");
	}

	@Test
	void switchesPhoneOffAndOn() throws Exception {
		assertThat(this.page.press("power", Map.of("number", NUMBER))).contains(NUMBER + " is off.", "Switch on");
		push(450);
		assertThat(nextResult("incoming_payment").at("/event/errors").asString())
			.isEqualTo("DS timeout user cannot be reached");
		assertThat(this.page.press("power", Map.of("number", NUMBER, "on", "true"))).contains("Switch off");
	}

	@Test
	void setsBalance() {
		assertThat(this.page.press("balance", Map.of("number", NUMBER, "balance", "12.50"))).contains("Ksh12.50");
		assertThat(this.page.press("balance", Map.of("number", NUMBER, "balance", "-1")))
			.contains("&#x27;-1&#x27; is not an amount");
		assertThat(this.simulator.phone(NUMBER).balance()).isEqualByComparingTo("12.50");
	}

	@Test
	void paysAtTill() throws Exception {
		subscribe("v1", "buygoods_transaction_received", "till", "514459");
		String page = this.page.press("pay", Map.of("number", NUMBER, "till", "514459", "amount", "250"));
		JsonNode payment = nextWebhook("buygoods_transaction_received");
		assertThat(page).contains(NUMBER + " paid: " + payment.path("reference").asString());
		assertThat(payment.path("amount").asString()).isEqualTo("250.0");
		assertThat(this.page.press("pay", Map.of("number", NUMBER, "till", "514459", "amount", "0")))
			.contains("must be positive");
	}

	@Test
	void proposesTillOfLatestPush() throws Exception {
		assertThat(this.page.press("phone", Map.of("number", NUMBER)))
			.contains("name=\"till\" required size=\"8\" value=\"514459\"");
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(NUMBER), "/till_number", "K777777"));
		nextResult("incoming_payment");
		assertThat(this.page.open("/")).contains("name=\"till\" required size=\"8\" value=\"K777777\"");
	}

	@Test
	void showsPushesThatPhonesAnswerByThemselves() throws Exception {
		push(450);
		this.caller.create(PATH, Bodies.incomingPayment(SimulatedPhoneNumber.CANCELS));
		nextResult("incoming_payment");
		nextResult("incoming_payment");
		assertThat(this.page.open("/")).contains("KES 450.0 to till K000000: PAYS",
				"KES 2200.0 to till K000000: CANCELS");
	}

	@Test
	void showsAnswerOfNumberInTable() {
		assertThat(this.page.press("phone", Map.of("number", "0700 000 002"))).contains("<code>CANCELS</code>");
		assertThat(this.page.press("phone", Map.of("number", "12"))).contains("is not a Kenyan phone number");
	}

	@ParameterizedTest
	@EnumSource
	void injectsFault(FaultChoice choice) {
		Map<String, String> form = Map.of("fault", choice.id(), "seconds", "1", "times", "3", "how", "next");
		assertThat(this.page.press("inject", form)).contains(choice.label() + " is in effect", "for the next 3 times");
	}

	@Test
	void faultsEnd() {
		this.page.press("inject", Map.of("fault", "service_unavailable", "how", "once"));
		assertThat(this.caller.get("/api/v1/polling/unknown").status()).isEqualTo(503);
		assertThat(this.caller.get("/api/v1/polling/unknown").status()).isEqualTo(404);
		this.page.press("inject", Map.of("fault", "service_unavailable", "how", "always"));
		assertThat(this.page.open("/")).contains("status 503, until it is ended");
		assertThat(this.page.press("heal", Map.of())).doesNotContain("until it is ended");
		assertThat(this.caller.get("/api/v1/polling/unknown").status()).isEqualTo(404);
		assertThat(this.page.press("inject", Map.of("fault", "none", "how", "once"))).contains("Choose a fault");
	}

	@ParameterizedTest
	@EnumSource
	void sendsMessage(SampleMessage sample) throws Exception {
		String page = this.page.press("send", Map.of("message", sample.id()));
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.path()).isEqualTo("/k2/webhooks");
		assertThat(delivery.signature()).isEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(delivery.bytes()));
		assertThat(delivery.json().propertyNames()).isEqualTo(sample.create().object().propertyNames());
		assertThat(page).contains("the application answered 200");
	}

	@Test
	void sendsFields() throws Exception {
		Map<String, String> form = new LinkedHashMap<>();
		form.put("message", "stk_push");
		form.put("field.data.id", "push-1");
		form.put("field.data.attributes.event.resource.amount", "777.0");
		form.put("field.data.attributes.event.resource.sender_phone_number", "+254799000111");
		this.page.press("send", form);
		JsonNode result = this.application.next().json();
		assertThat(result.at("/data/id").asString()).isEqualTo("push-1");
		assertThat(result.at("/data/attributes/event/resource/amount").asString()).isEqualTo("777.0");
		assertThat(result.at("/data/attributes/event/resource/hashed_sender_phone").asString())
			.isEqualTo(Identifiers.hashedPhoneNumber("+254799000111"));
	}

	@Test
	void showsFieldsAsJson() {
		String page = this.page.open(
				"/?message=settlement_transfer_completed_to_bank_account&field.event.resource.disbursements.0.amount=88");
		assertThat(page).contains("<details id=\"json\" open>").contains("&quot;amount&quot; : &quot;88&quot;");
	}

	@Test
	void sendsJsonAsItIs() throws Exception {
		this.page.press("send", Map.of("json", "{\"topic\": \"new_topic\", \"n\": 1}"));
		assertThat(this.application.next().body()).isEqualTo("{\"topic\": \"new_topic\", \"n\": 1}");
	}

	@Test
	void sentPaymentCanBeReversed() throws Exception {
		this.page.press("send", Map.of("message", "buygoods_transaction_received"));
		String reference = this.application.next().json().at("/event/resource/reference").asString();
		this.caller.create("/api/v2/reversals", Bodies.reversal(reference));
		assertThat(nextResult("reversal").path("status").asString()).isNotEqualTo("Failed");
	}

	@Test
	void sendsForAccountAndWithWrongKey() throws Exception {
		this.page.press("send", Map.of("account", "plaza", "json", "{}"));
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.path()).isEqualTo("/k2/webhooks/plaza");
		assertThat(delivery.signature()).isEqualTo(new WebhookSigner("plaza-api-key").sign(delivery.bytes()));
		String page = this.page.press("send", Map.of("json", "{}", "wrongly", "on"));
		delivery = this.application.next();
		assertThat(delivery.signature())
			.isNotEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(delivery.bytes()));
		assertThat(page).contains("wrong signature");
	}

	@Test
	void sendsToSubscribedOrGivenUrl() throws Exception {
		this.caller.create("/api/v1/webhook_subscriptions", Bodies
			.set(Bodies.subscription("customer_created", "company", ""), "/url", this.application.url("/hooks/new")));
		this.page.press("send", Map.of("message", "customer_created", "url", ""));
		assertThat(this.application.next().path()).isEqualTo("/hooks/new");
		this.page.press("send", Map.of("message", "customer_created", "url", this.application.url("/other")));
		assertThat(this.application.next().path()).isEqualTo("/other");
		assertThat(this.page.press("send", Map.of("message", "customer_created", "url", "/other")))
			.contains("is not an absolute http or https URL");
	}

	@Test
	void saysThatApplicationDoesNotRespond() {
		this.application.close();
		assertThat(this.page.press("send", Map.of("message", "customer_created")))
			.contains("customer_created: the application did not respond", "no response");
	}

	@Test
	void changesWhereApplicationListens() throws Exception {
		assertThat(this.page.press("origin", Map.of("origin", ""))).contains("the URLs that the application gives");
		assertThat(this.page.press("send", Map.of("message", "customer_created"))).contains("Set the callback origin");
		this.page.press("origin", Map.of("origin", this.application.origin().toString()));
		this.page.press("send", Map.of("message", "customer_created"));
		nextWebhook("customer_created");
		assertThat(this.page.press("origin", Map.of("origin", "localhost:8080"))).contains("must be an absolute");
	}

	@Test
	void showsAttemptsAndDeliversAgain() throws Exception {
		this.application.answer(List.of(503));
		this.caller.create(PATH, Bodies.incomingPayment(NUMBER));
		nextResult("incoming_payment");
		String body = this.application.next().body();
		this.simulator.awaitJournal((journal) -> journal.size() == 4, TIMEOUT);
		String page = this.page.open("/");
		assertThat(page).contains("attempt 2").doesNotContain("attempt 3");
		String entry = page.replaceAll("(?s).*?name=\"entry\" value=\"([0-9]+)\".*", "$1");
		page = this.page.press("again", Map.of("entry", entry));
		assertThat(this.application.next().body()).isEqualTo(body);
		assertThat(page).contains("the application answered 200");
		assertThat(this.page.press("again", Map.of("entry", "1"))).contains("no longer has this delivery");
	}

	@Test
	void filtersJournal() {
		this.caller.get("/api/v1/polling/unknown");
		this.simulator.deliver(SimulatedWebhook.customerCreated());
		assertThat(paths("/")).containsExactly("/k2/webhooks", "/api/v1/polling/unknown", "/oauth/token");
		assertThat(paths("/?show=requests")).containsExactly("/api/v1/polling/unknown", "/oauth/token");
		assertThat(paths("/?show=deliveries")).containsExactly("/k2/webhooks");
		assertThat(paths("/?show=failed")).containsExactly("/api/v1/polling/unknown");
		assertThat(paths("/?q=CUSTOMER_created")).containsExactly("/k2/webhooks");
		assertThat(paths("/?q=nothing+has+this")).isEmpty();
		this.page.press("clear", Map.of());
		assertThat(paths("/")).isEmpty();
	}

	private List<String> paths(String query) {
		return this.page.open(query)
			.lines()
			.filter((line) -> line.startsWith("<summary><time>"))
			.map((line) -> line.replaceAll(".*</b> (\\S+?)[ <].*", "$1"))
			.toList();
	}

	@Test
	void showsResponsesWithoutTokens() {
		this.caller.create(PATH, Bodies.incomingPayment(NUMBER));
		String page = this.page.open("/");
		assertThat(page).contains("location: " + this.simulator.baseUrl() + PATH)
			.contains("&quot;access_token&quot; : &quot;***&quot;")
			.doesNotContain(this.caller.token(), this.simulator.clientSecret(), this.simulator.apiKey());
	}

	@Test
	void curlQuotesForShell() {
		this.caller.post(PATH, "{\"it's\": \"$HOME\"}");
		assertThat(this.page.open("/")).contains(
				"curl -X &#x27;POST&#x27; &#x27;" + this.simulator.baseUrl() + PATH + "&#x27;",
				"-H &#x27;Authorization: Bearer ***&#x27;",
				"--data-raw &#x27;{&quot;it&#x27;\\&#x27;&#x27;s&quot;: &quot;$HOME&quot;}&#x27;");
	}

	@Test
	void curlReadsNoFileAndRunsNoOtherCommand() throws Exception {
		URI url = this.simulator.baseUrl();
		try (Socket socket = new Socket(url.getHost(), url.getPort())) {
			socket.getOutputStream()
				.write(("$`'&|!# " + PATH + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 12\r\n\r\n@/etc/passwd")
					.getBytes(StandardCharsets.US_ASCII));
			socket.getInputStream().read();
		}
		String curl = new ExchangeView(new JournalEntry(1, this.simulator.journal().get(1), "", null), 1, "").curl();
		assertThat(curl).startsWith("curl -X '").doesNotContain("--data-binary").contains("--data-raw '@/etc/passwd'");
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "/?q=%zz", "/?q=%", "/?q=/", "/?q=a//", "/?q=%2F%2f", "/?q=%ff", "/?q=a&q=b&&=", "/?", "/?q" })
	void opensWithAnyQuery(String query) throws Exception {
		URI url = this.simulator.baseUrl();
		try (Socket socket = new Socket(url.getHost(), url.getPort())) {
			socket.getOutputStream()
				.write(("GET " + query + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
					.getBytes(StandardCharsets.US_ASCII));
			assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
				.startsWith("HTTP/1.1 200")
				.contains("<h1>");
		}
	}

	@Test
	void findsTextWithSlashAtItsEnd() {
		assertThat(this.page.open("/?q=token/")).contains("value=\"token/\"");
	}

	@Test
	void resets() {
		push(450);
		assertThat(this.page.press("reset", Map.of())).contains("The simulator is as at its start.")
			.doesNotContain(NUMBER);
		assertThat(this.simulator.journal()).isEmpty();
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.caller.get("/api/v1/polling/1").status()).isEqualTo(404);
	}

	@Test
	void keepsFilterWhenButtonIsPressed() {
		HttpResponse<String> response = this.page.post("heal", Map.of(), "Referer",
				this.simulator.baseUrl() + "/?q=abc&show=failed");
		assertThat(response.headers().firstValue("Location")).contains("/?q=abc&show=failed");
	}

	@Test
	void showsPhonesThatRingAmongMany() {
		this.page.press("ring", Map.of("on", "true"));
		for (int i = 0; i < 150; i++) {
			this.simulator.phone("+2547110000" + (10 + i)).balance(BigDecimal.ONE);
		}
		this.caller.create(PATH, Bodies.incomingPayment("+254799999999"));
		assertThat(this.page.open("/").split("<article", -1)).hasSize(101);
		assertThat(this.page.open("/")).contains("Do you want to pay");
	}

	private String ring() {
		this.page.press("ring", Map.of("on", "true"));
		push(450);
		return PhoneView.PromptView.push(this.simulator.phone(NUMBER).awaitPrompt(TIMEOUT));
	}

	private void push(int amount) {
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(NUMBER), "/amount/value", amount));
	}

}
