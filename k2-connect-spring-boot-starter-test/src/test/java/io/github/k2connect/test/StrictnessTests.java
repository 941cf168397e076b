package io.github.k2connect.test;

import java.time.Duration;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for undocumented requests of Kopo Kopo's SDKs, which only a strict simulator
 * rejects.
 */
class StrictnessTests extends SimulatorTestSupport {

	private static K2Simulator strictSimulator;

	private static ApiCaller strict;

	@BeforeAll
	static void startStrictSimulator() {
		strictSimulator = K2Simulator.builder().strict().start();
		strict = new ApiCaller(strictSimulator).authenticate();
	}

	@AfterAll
	static void stopStrictSimulator() {
		strictSimulator.close();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/subscriber/phone_number | "0712345678"         | must be +254 followed by nine digits
			/subscriber/phone_number | "0112345678"         | must be +254 followed by nine digits
			/subscriber/phone_number | "254712345678"       | must be +254 followed by nine digits
			/subscriber/phone_number | "+254 712 345 678"   | must be +254 followed by nine digits
			/subscriber/phone_number | "0712-345-678"       | must be +254 followed by nine digits
			/subscriber/phone_number | 254712345678         | must be +254 followed by nine digits
			/subscriber/nickname     | "Njeri"              | is not documented
			/subscriber/first_name   | ""                   | must be a text
			/subscriber/email        | ""                   | must be a text
			/till_number             | 514459               | must be a text
			/metadata                | {"a": 1, "b": true, "c": 2.5} | must have texts as values
			/metadata                | {"a": null}          | must have texts as values
			""")
	void rejectsUndocumentedValuesOfIncomingPayment(String pointer, String value, String requirement) {
		assertRefusedOnlyWhenStrict("/api/v2/incoming_payments",
				with(Bodies.incomingPayment(SimulatedPhoneNumber.PAYS), pointer, value),
				pointer.substring(1).replace('/', '.') + " " + requirement);
	}

	@Test
	void rejectsMiddleNameOfSubscriberInVersion1() {
		ObjectNode payment = with(Bodies.incomingPayment(SimulatedPhoneNumber.PAYS), "/subscriber/middle_name",
				"\"Njeri\"");
		assertThat(strict.post("/api/v2/incoming_payments", payment).status()).isEqualTo(201);
		assertRefusedOnlyWhenStrict("/api/v1/incoming_payments", payment, "subscriber.middle_name is not documented");
	}

	@ParameterizedTest
	@CsvSource({ "Company,''", "COMPANY,''", "company,''" })
	void rejectsScopeInOtherCaseOrWithEmptyReference(String scope, String reference) {
		ObjectNode subscription = Bodies.subscription("buygoods_transaction_received", scope, "")
			.put("scope_reference", reference);
		ObjectNode poll = Bodies.set(Bodies.set(Bodies.poll(), "/scope", scope), "/scope_reference", reference);
		assertThat(strict.post("/api/v1/webhook_subscriptions", subscription).status()).isEqualTo(400);
		assertThat(strict.post("/api/v1/polling", poll).status()).isEqualTo(400);
		JsonNode subscribed = this.caller.attributes(this.caller.create("/api/v1/webhook_subscriptions", subscription));
		assertThat(subscribed.path("scope").asString()).isEqualTo("company");
		assertThat(subscribed.path("scope_reference").isNull()).isTrue();
		JsonNode polled = this.caller.attributes(this.caller.create("/api/v1/polling", poll));
		assertThat(polled.path("scope").asString()).isEqualTo("Company");
		assertThat(polled.path("scope_reference").isNull()).isTrue();
	}

	@Test
	void findsTillInOtherCaseAndAsNumber() throws Exception {
		ObjectNode subscription = Bodies.subscription("buygoods_transaction_received", "Till", "");
		assertBadRequest(this.caller.post("/api/v1/webhook_subscriptions", subscription), "scope_reference is missing");
		subscription.put("scope_reference", 514459);
		assertThat(strict.post("/api/v1/webhook_subscriptions", subscription).status()).isEqualTo(400);
		JsonNode attributes = this.caller.attributes(this.caller.create("/api/v1/webhook_subscriptions", subscription));
		assertThat(attributes.path("scope_reference")).isEqualTo(Json.MAPPER.valueToTree("514459"));
		this.caller.create("/api/v1/incoming_payments",
				with(Bodies.incomingPayment("0712345678"), "/till_number", "514459"));
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode transaction = (first.has("topic") ? first : second).at("/event/resource");
		assertThat(transaction.path("till_number")).isEqualTo(Json.MAPPER.valueToTree("514459"));
		assertThat(transaction.path("sender_phone_number").asString()).isEqualTo("+254712345678");
	}

	@Test
	void rejectsUnknownScopeInAnyCase() {
		assertBadRequest(this.caller.post("/api/v1/polling", Bodies.set(Bodies.poll(), "/scope", "Shop")),
				"scope is not one of company, till");
	}

	@Test
	void requiresScopeCompanyForCompanyTopicInAnyCase() {
		assertThat(this.caller
			.post("/api/v1/webhook_subscriptions", Bodies.subscription("customer_created", "Company", ""))
			.status()).isEqualTo(201);
		assertBadRequest(
				this.caller.post("/api/v1/webhook_subscriptions", Bodies.subscription("customer_created", "Till", "1")),
				"scope is not one of company");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"amount": {"currency": null, "value": null}} | amount.currency is missing; amount.value is missing
			{"amount": {"currency": "KES"}}               | amount.value is missing
			""")
	void rejectsSettlementTransferWithoutValue(String body, String message) {
		assertRefusedOnlyWhenStrict("/api/v1/settlement_transfers", Bodies.withCallback(body), message);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "null", " null\n" })
	void rejectsCancellationOfPaymentLinkWithoutBody(String body) {
		try (K2Simulator slow = K2Simulator.builder().resultDelay(Duration.ofHours(1)).start()) {
			ApiCaller slowCaller = new ApiCaller(slow).authenticate();
			String link = slowCaller.create("/api/v2/payment_links", Bodies.paymentLink()).getPath();
			assertThat(slowCaller.post(link + "/cancel", body).status()).isEqualTo(200);
		}
		String link = strict.create("/api/v2/payment_links", Bodies.paymentLink()).getPath();
		assertBadRequest(strict.post(link + "/cancel", body), "The body must be a JSON object");
	}

	@Test
	void rejectsBankAccountWithoutSettlementMethodInVersion2() {
		assertRefusedOnlyWhenStrict("/api/v2/external_recipients", Bodies
			.remove(Bodies.recipient("bank_account", "external_recipient"), "/external_recipient/settlement_method"),
				"external_recipient.settlement_method is missing");
	}

	@Test
	void rejectsRecipientWithoutNetwork() {
		assertRefusedOnlyWhenStrict("/api/v1/pay_recipients",
				Bodies.remove(Bodies.recipient("mobile_wallet", "pay_recipient"), "/pay_recipient/network"),
				"pay_recipient.network is missing");
		assertRefusedOnlyWhenStrict("/api/v1/merchant_wallets", Bodies.remove(Bodies.merchantWallet(), "/network"),
				"network is missing");
		assertRefusedOnlyWhenStrict("/api/v2/send_money", Bodies.sendMoney("""
				{"type": "mobile_wallet", "phone_number": "254722000111", "amount": 1, "description": "Wages"}
				"""), "destinations[0].network is missing");
	}

	@ParameterizedTest
	@ValueSource(strings = { "+254722000111", "0722000111", "0722 000 111" })
	void rejectsDestinationWithPhoneNumberInOtherNotation(String phoneNumber) {
		assertRefusedOnlyWhenStrict("/api/v2/send_money", Bodies.sendMoney("""
				{"type": "mobile_wallet", "phone_number": "%s", "network": "Safaricom", "amount": 1,
				 "description": "Wages"}
				""".formatted(phoneNumber)), "destinations[0].phone_number must be 254 followed by nine digits");
	}

	@Test
	void rejectsFormerNameOfExternalRecipient() {
		ObjectNode body = Bodies.recipient("till", "pay_recipient");
		assertThat(strict.post("/api/v2/external_recipients", body).status()).isEqualTo(400);
		JsonNode attributes = awaitStatus(this.caller.create("/api/v2/external_recipients", body), "Approved");
		assertThat(attributes.path("till_number").asString()).isEqualTo("567890");
	}

	@Test
	void rejectsPayRecipientInVersion2() {
		ObjectNode body = Bodies.recipient("till", "pay_recipient");
		assertNotFound(strict.post("/api/v2/pay_recipients", body));
		JsonNode attributes = awaitStatus(this.caller.create("/api/v2/pay_recipients", body), "Approved");
		assertThat(attributes.path("till_number").asString()).isEqualTo("567890");
	}

	@Test
	void rejectsTagsOfPaymentAsText() {
		assertRefusedOnlyWhenStrict("/api/v1/payments", Bodies.set(Bodies.payment(), "/tags", "june,kisumu"),
				"tags must be an array of texts");
	}

	@ParameterizedTest
	@CsvSource({ "/api/v1/webhook_subscriptions,enable_daraja_payload", "/api/v1/merchant_wallets,nickname",
			"/api/v2/merchant_wallets,colour" })
	void rejectsPropertyOfOtherVersion(String path, String property) {
		ObjectNode body = path.endsWith("wallets") ? Bodies.merchantWallet()
				: Bodies.subscription("buygoods_transaction_received", "company", "");
		assertRefusedOnlyWhenStrict(path, body.put(property, true), property + " is not documented");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("io.github.k2connect.test.ResourceContractTests#paths")
	void acceptsDocumentedRequests(String path, ResourceContractTests.Resource resource) {
		ApiCaller.Answer answer = strict.post(path, resource.body());
		assertThat(answer.status()).as(answer.body()).isEqualTo(201);
	}

	private void assertRefusedOnlyWhenStrict(String path, ObjectNode body, String message) {
		ApiCaller.Answer accepted = this.caller.post(path, body);
		assertThat(accepted.status()).as(accepted.body()).isEqualTo(201);
		ApiCaller.Answer refused = strict.post(path, body);
		assertThat(refused.status()).isEqualTo(400);
		JsonNode error = refused.json().path("error_message");
		assertThat(error.isString() ? error.asString()
				: String.join("; ", error.valueStream().map(JsonNode::asString).toList()))
			.isEqualTo(message);
	}

	private static ObjectNode with(ObjectNode body, String pointer, String json) {
		return Bodies.set(body, pointer, Json.MAPPER.readTree(json));
	}

}
