package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the behaviour that all resources share: paths, required properties, and the
 * way from pending to the final status.
 */
@Tag("long")
class ResourceContractTests extends SimulatorTestSupport {

	private static final String SUBSCRIPTIONS = "webhook_subscriptions";

	static Stream<Resource> resources() {
		return Stream.of(
				new Resource(SUBSCRIPTIONS, "v1 v2", "webhook_subscription",
						Bodies.subscription("buygoods_transaction_received", "till", "K000000"), "Active", "Active",
						List.of("event_type", "url", "scope", "scope_reference")),
				new Resource("incoming_payments", "v1 v2", "incoming_payment",
						Bodies.incomingPayment(SimulatedPhoneNumber.PAYS), "Pending", "Success",
						List.of("payment_channel", "till_number", "subscriber", "amount", "_links")),
				new Resource("pay_recipients", "v1", "pay_recipient",
						Bodies.recipient("mobile_wallet", "pay_recipient"), "Pending", "Approved",
						List.of("type", "pay_recipient")),
				new Resource("external_recipients", "v2", "external_recipient",
						Bodies.recipient("till", "external_recipient"), "Pending", "Approved",
						List.of("type", "external_recipient")),
				new Resource("payments", "v1", "payment", Bodies.payment(), "Pending", "Processed",
						List.of("destination_type", "destination_reference", "amount", "description", "_links")),
				new Resource("merchant_bank_accounts", "v1 v2", "merchant_bank_account", Bodies.merchantBankAccount(),
						"Pending", "Approved",
						List.of("account_name", "account_number", "bank_branch_ref", "settlement_method")),
				new Resource("merchant_wallets", "v1 v2", "merchant_wallet", Bodies.merchantWallet(), "Pending",
						"Approved", List.of("phone_number")),
				new Resource("settlement_transfers", "v1", "settlement_transfer", Bodies.settlementTransfer(),
						"Pending", "Processed", List.of("destination_type", "destination_reference", "_links")),
				new Resource("polling", "v1 v2", "polling", Bodies.poll(), "Pending", "Success",
						List.of("scope", "from_time", "to_time", "_links")),
				new Resource("transaction_sms_notifications", "v1", "transaction_sms_notification",
						Bodies.smsNotification(), "Pending", "Success",
						List.of("webhook_event_reference", "message", "_links")),
				new Resource("send_money", "v2", "send_money", Bodies.sendMoney("""
						{"type": "till", "till_number": "567890", "amount": 10, "description": "Milk"}
						"""), "Scheduled", "Processed", List.of("currency", "_links")),
				new Resource("reversals", "v2", "reversal", Bodies.reversal("TK3UNKNOWN"), "Received", "Failed",
						List.of("transaction_reference", "reason", "_links")),
				new Resource("payment_links", "v2", "payment_link", Bodies.paymentLink(), "Processed", "Processed",
						List.of("amount", "currency", "till_number", "_links")));
	}

	static Stream<Arguments> paths() {
		return resources().flatMap((resource) -> resource.paths().map((path) -> Arguments.of(path, resource)));
	}

	static Stream<Arguments> requiredProperties() {
		return resources().flatMap((resource) -> resource.required()
			.stream()
			.map((property) -> Arguments.of(resource.paths().findFirst().orElseThrow(), property, resource.body())));
	}

	static Stream<Arguments> otherVersions() {
		return resources().filter((resource) -> !resource.versions().contains(" "))
			.map((resource) -> Arguments
				.of("/api/" + (resource.versions().equals("v1") ? "v2" : "v1") + "/" + resource.path(), resource));
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("paths")
	void createsPendingResourceThatBecomesFinal(String path, Resource resource) {
		try (K2Simulator slow = K2Simulator.builder().resultDelay(Duration.ofHours(1)).start()) {
			ApiCaller slowCaller = new ApiCaller(slow).authenticate();
			JsonNode data = slowCaller.get(slowCaller.create(path, resource.body())).json().path("data");
			assertThat(data.path("type").asString()).isEqualTo(resource.type());
			assertThat(data.at("/attributes/status").asString()).isEqualTo(resource.pendingStatus());
		}
		ApiCaller.Answer answer = this.caller.post(path, resource.body());
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.location()).matches(this.simulator.baseUrl() + path + "/[0-9a-f-]{36}");
		awaitStatus(URI.create(answer.location()), resource.finalStatus());
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("paths")
	void postsResultToCallbackUrl(String path, Resource resource) throws Exception {
		URI location = this.caller.create(path, resource.body());
		if (resource.body().has("_links")) {
			assertThat(nextResult(resource.type())).isEqualTo(this.caller.attributes(location));
			assertThat(this.caller.attributes(location).at("/_links/callback_url").asString())
				.isEqualTo(Bodies.CALLBACK_URL);
		}
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(300))).isTrue();
	}

	@ParameterizedTest(name = "{0} without {1}")
	@MethodSource("requiredProperties")
	void namesMissingProperty(String path, String property, ObjectNode body) {
		assertBadRequest(this.caller.post(path, Bodies.remove(body.deepCopy(), "/" + property)),
				property + " is missing");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("paths")
	void rejectsCallWithoutToken(String path, Resource resource) {
		assertThat(this.caller.token("").post(path, resource.body()).status()).isEqualTo(401);
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("paths")
	void rejectsBodyThatIsNotJson(String path, Resource resource) {
		assertBadRequest(this.caller.post(path, "type=" + resource.type()), "The body must be a JSON object");
	}

	@ParameterizedTest(name = "{0}")
	@MethodSource("otherVersions")
	void respondsWith404InOtherVersion(String path, Resource resource) {
		try (K2Simulator strict = K2Simulator.builder().strict().start()) {
			assertNotFound(new ApiCaller(strict).authenticate().post(path, resource.body()));
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/payments/", "/api/v2/incoming_payments/" })
	void respondsWith404ToResourceOfAnotherType(String collection) {
		URI location = this.caller.create("/api/v1/merchant_wallets", Bodies.merchantWallet());
		String path = location.getPath();
		assertNotFound(this.caller.get(collection + path.substring(path.lastIndexOf('/') + 1)));
	}

	@Test
	void rejectsInvalidCallbackUrl() {
		assertBadRequest(
				this.caller.post("/api/v1/payments",
						Bodies.set(Bodies.payment(), "/_links/callback_url", "shop.example/k2/webhooks")),
				"_links.callback_url must be an absolute http or https URL");
	}

	/**
	 * Kind of resource.
	 *
	 * @param path the last part of its path
	 * @param versions the versions of the API that have it
	 * @param type its type
	 * @param body a request for one
	 * @param pendingStatus its status at first
	 * @param finalStatus its status in the end
	 * @param required what its request cannot do without
	 */
	record Resource(String path, String versions, String type, ObjectNode body, String pendingStatus,
			String finalStatus, List<String> required) {

		Stream<String> paths() {
			return Stream.of("v1", "v2")
				.filter(this.versions::contains)
				.map((version) -> "/api/" + version + "/" + this.path);
		}

		@Override
		public String toString() {
			return this.path;
		}

	}

}
