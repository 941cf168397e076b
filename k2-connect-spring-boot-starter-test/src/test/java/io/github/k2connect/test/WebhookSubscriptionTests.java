package io.github.k2connect.test;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for webhook subscriptions and their webhooks.
 */
class WebhookSubscriptionTests extends SimulatorTestSupport {

	private static final String RECEIVED = "buygoods_transaction_received";

	@Test
	void createsActiveSubscription() {
		JsonNode attributes = this.caller.attributes(
				this.caller.create("/api/v1/webhook_subscriptions", Bodies.subscription(RECEIVED, "till", "K000000")));
		assertThat(attributes).isEqualTo(Bodies.of("""
				{"event_type": "buygoods_transaction_received", "webhook_uri": "https://shop.example/k2/webhooks",
				 "status": "Active", "scope": "till", "scope_reference": "K000000"}
				"""));
	}

	@ParameterizedTest
	@CsvSource({ "till,K000000", "company,''" })
	void notifiesSubscribersInScopeOfPaidPush(String scope, String scopeReference) throws Exception {
		subscribe("v1", RECEIVED, scope, scopeReference);
		push();
		JsonNode transaction = nextResultAndWebhook().at("/event/resource");
		assertThat(transaction.path("till_number").asString()).isEqualTo("K000000");
		assertThat(transaction.path("amount").asString()).isEqualTo("2200.0");
		assertThat(transaction.path("sender_phone_number").asString()).isEqualTo(SimulatedPhoneNumber.PAYS);
	}

	@Test
	void webhookHasTransactionOfResult() throws Exception {
		subscribe("v1", RECEIVED, "company", "");
		push();
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode result = first.has("topic") ? second : first;
		JsonNode webhook = first.has("topic") ? first : second;
		assertThat(webhook.at("/event/resource")).isEqualTo(result.at("/data/attributes/event/resource"));
	}

	@Test
	void deliversOncePerSubscription() throws Exception {
		subscribe("v1", RECEIVED, "company", "");
		this.caller.create("/api/v2/webhook_subscriptions",
				Bodies.set(Bodies.subscription(RECEIVED, "till", "K000000"), "/url", "https://shop.example/second"));
		push();
		assertThat(
				List.of(this.application.next().path(), this.application.next().path(), this.application.next().path()))
			.containsExactlyInAnyOrder("/k2/webhooks", "/k2/webhooks", "/second");
	}

	@Test
	void doesNotNotifySubscribersOfAnotherTill() throws Exception {
		subscribe("v1", RECEIVED, "till", "K999999");
		push();
		nextResult("incoming_payment");
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(300))).isTrue();
	}

	@Test
	void doesNotNotifySubscribersOfFailedPush() throws Exception {
		subscribe("v1", RECEIVED, "company", "");
		this.caller.create("/api/v1/incoming_payments",
				Bodies.incomingPayment(SimulatedPhoneNumber.INSUFFICIENT_BALANCE));
		nextResult("incoming_payment");
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(300))).isTrue();
	}

	@Test
	void redeliversWebhookUntilResponseIs200() throws Exception {
		subscribe("v1", RECEIVED, "company", "");
		this.application.answer(List.of(500, 500));
		push();
		String first = this.application.next().body();
		String second = this.application.next().body();
		assertThat(List.of(this.application.next().body(), this.application.next().body()))
			.containsExactlyInAnyOrder(first, second);
	}

	@Test
	void notifiesOfNewCustomerOnce() throws Exception {
		subscribe("v1", "customer_created", "company", "");
		push();
		JsonNode webhook = nextResultAndWebhook();
		assertThat(webhook.path("topic").asString()).isEqualTo("customer_created");
		assertThat(webhook.at("/event/resource/first_name").asString()).isEqualTo("Joe");
		assertThat(webhook.at("/event/resource/phone_number").asString()).isEqualTo(SimulatedPhoneNumber.PAYS);
		push();
		nextResult("incoming_payment");
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(300))).isTrue();
	}

	@Test
	void deliversDarajaFormOnRequest() throws Exception {
		this.caller.create("/api/v2/webhook_subscriptions",
				Bodies.set(Bodies.subscription(RECEIVED, "company", ""), "/enable_daraja_payload", true));
		push();
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode daraja = first.has("TransID") ? first : second;
		JsonNode transaction = (first.has("TransID") ? second : first).at("/data/attributes/event/resource");
		assertThat(daraja.path("TransID")).isEqualTo(transaction.path("reference"));
		assertThat(daraja.path("TransAmount").asString()).isEqualTo("2200.0");
		assertThat(daraja.path("BusinessShortCode").asString()).isEqualTo("K000000");
		assertThat(daraja.path("TransTime").asString()).matches("[0-9]{14}");
	}

	@Test
	void rejectsDarajaFormInVersion1() throws Exception {
		this.caller.create("/api/v1/webhook_subscriptions",
				Bodies.set(Bodies.subscription(RECEIVED, "company", ""), "/enable_daraja_payload", true));
		push();
		assertThat(nextResultAndWebhook().path("topic").asString()).isEqualTo(RECEIVED);
	}

	@ParameterizedTest
	@ValueSource(
			strings = { "buygoods_transaction_received", "buygoods_transaction_reversed", "b2b_transaction_received",
					"m2m_transaction_received", "settlement_transfer_completed", "customer_created" })
	void acceptsTopicsOfVersion1(String topic) {
		subscribe("v1", topic, "company", "");
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@ParameterizedTest
	@ValueSource(strings = { "buygoods_transaction_received", "buygoods_transaction_reversed",
			"b2b_transaction_received", "b2b_transaction_reversed", "card_transaction_received",
			"card_transaction_voided", "card_transaction_reversed" })
	void acceptsScopeTillForTillTopic(String topic) {
		subscribe("v2", topic, "till", "K000000");
		assertThat(this.simulator.requests()).hasSize(1);
	}

	@ParameterizedTest
	@CsvSource({ "v1,card_transaction_received", "v1,card_transaction_voided", "v1,card_transaction_reversed",
			"v1,b2b_transaction_reversed", "v2,m2m_transaction_received", "v1,pigeon_received" })
	void rejectsTopicOfOtherVersion(String version, String topic) {
		ApiCaller.Answer answer = this.caller.post("/api/" + version + "/webhook_subscriptions",
				Bodies.subscription(topic, "company", ""));
		assertThat(answer.status()).isEqualTo(400);
		assertThat(answer.json().path("error_message").asString()).startsWith("event_type is not one of b2b_");
	}

	@ParameterizedTest
	@ValueSource(strings = { "m2m_transaction_received", "settlement_transfer_completed", "customer_created" })
	void rejectsScopeTillForCompanyTopic(String topic) {
		assertBadRequest(
				this.caller.post("/api/v1/webhook_subscriptions", Bodies.subscription(topic, "till", "K000000")),
				"scope is not one of company");
	}

	@Test
	void acceptsDarajaFormForReceivedTransactionsOnly() {
		ObjectNode body = Bodies.set(Bodies.subscription("buygoods_transaction_reversed", "company", ""),
				"/enable_daraja_payload", true);
		assertBadRequest(this.caller.post("/api/v2/webhook_subscriptions", body),
				"event_type is not one of b2b_transaction_received, buygoods_transaction_received");
	}

	private void push() {
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
	}

	/**
	 * Wait for a result and a webhook, whichever comes first.
	 * @return the webhook
	 */
	private JsonNode nextResultAndWebhook() throws InterruptedException {
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		assertThat(List.of(first, second)).filteredOn((json) -> json.has("data")).hasSize(1);
		return first.has("topic") ? first : second;
	}

}
