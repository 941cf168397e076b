package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for incoming payments, and for the behaviour that all resources share.
 */
@Tag("long")
class IncomingPaymentTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final String PHONE_NUMBER = "+254711222333";

	@ParameterizedTest
	@ValueSource(strings = { "v1", "v2" })
	void returnsLocationOfPush(String version) {
		String path = "/api/" + version + "/incoming_payments";
		ApiCaller.Answer answer = this.caller.post(path, Bodies.incomingPayment(PHONE_NUMBER));
		assertThat(answer.status()).isEqualTo(201);
		assertThat(answer.body()).isEmpty();
		assertThat(answer.location()).matches(this.simulator.baseUrl() + path + "/[0-9a-f-]{36}");
	}

	@Test
	void isPendingUntilResult() {
		try (K2Simulator slow = K2Simulator.builder().resultDelay(Duration.ofHours(1)).start()) {
			ApiCaller slowCaller = new ApiCaller(slow).authenticate();
			URI location = slowCaller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
			JsonNode data = slowCaller.get(location).json().path("data");
			assertThat(location.getPath()).endsWith("/" + data.path("id").asString());
			assertThat(data.path("type").asString()).isEqualTo("incoming_payment");
			JsonNode attributes = data.path("attributes");
			assertThat(attributes.path("status").asString()).isEqualTo("Pending");
			assertThat(attributes.at("/event/type").asString()).isEqualTo("Incoming Payment Request");
			assertThat(attributes.at("/event/resource").isNull()).isTrue();
			assertThat(attributes.at("/event/errors").isNull()).isTrue();
			assertThat(attributes.at("/metadata/order").asString()).isEqualTo("123");
			assertThat(attributes.at("/_links/callback_url").asString()).isEqualTo(Bodies.CALLBACK_URL);
			assertThat(attributes.at("/_links/self").asString()).isEqualTo(location.toString());
			assertThat(OffsetDateTime.parse(attributes.path("initiation_time").asString()).getOffset())
				.hasToString("+03:00");
		}
	}

	@Test
	void paidPushIsSuccessful() {
		URI location = this.caller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
		JsonNode attributes = awaitStatus(location, "Success");
		JsonNode transaction = attributes.at("/event/resource");
		assertThat(transaction.path("reference").asString()).matches("TK3[A-Z0-9]{7}");
		assertThat(transaction.path("amount")).isEqualTo(Json.MAPPER.valueToTree("2200.0"));
		assertThat(transaction.path("currency").asString()).isEqualTo("KES");
		assertThat(transaction.path("till_number").asString()).isEqualTo("K000000");
		assertThat(transaction.path("status").asString()).isEqualTo("Received");
		assertThat(transaction.path("sender_phone_number").asString()).isEqualTo(PHONE_NUMBER);
		assertThat(transaction.path("hashed_sender_phone").asString()).matches("[0-9a-f]{64}");
		assertThat(transaction.path("sender_first_name").asString()).isEqualTo("Joe");
		assertThat(transaction.path("sender_last_name").asString()).isEqualTo("Mwangi");
		assertThat(attributes.at("/event/errors").isNull()).isTrue();
		assertThat(this.caller.attributes(location)).as("the result never changes").isEqualTo(attributes);
	}

	@ParameterizedTest
	@ValueSource(strings = { "+254700000000", "0700000000", "254700000000", "+254 700 000 000" })
	void acceptsPhoneNumberInEveryNotation(String phoneNumber) throws Exception {
		this.caller.create(PATH, Bodies.incomingPayment(phoneNumber));
		JsonNode transaction = nextResult("incoming_payment").at("/event/resource");
		assertThat(transaction.path("sender_phone_number").asString()).isEqualTo("+254700000000");
		assertThat(transaction.path("hashed_sender_phone").asString())
			.isEqualTo("7fe2452bdc860302d56ecf03796ed29e4bc3060331087e210e0581159e74244d");
	}

	@Test
	void choosesOutcomeByPhoneNumberInEveryNotation() {
		URI location = this.caller.create(PATH, Bodies.incomingPayment("0700 000 001"));
		assertThat(awaitStatus(location, "Failed").at("/event/errors").asString()).contains("insufficient");
	}

	@Test
	void returnsMiddleName() throws Exception {
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(PHONE_NUMBER), "/subscriber/middle_name", "Otieno"));
		assertThat(nextResult("incoming_payment").at("/event/resource/sender_middle_name").asString())
			.isEqualTo("Otieno");
	}

	@Test
	void returnsMetadataUnchanged() throws Exception {
		ObjectNode body = Bodies.incomingPayment(PHONE_NUMBER);
		body.set("metadata", Bodies.of("{\"customer_id\": 0, \"rate\": 2.50, \"paid\": false, \"note\": null}"));
		this.caller.create(PATH, body);
		assertThat(nextResult("incoming_payment").path("metadata")).isEqualTo(body.path("metadata"));
	}

	@Test
	void masksPhoneNumbersOfPayers() throws Exception {
		try (K2Simulator masking = K2Simulator.builder()
			.callbackOrigin(this.application.origin())
			.maskedSenderPhones()
			.start()) {
			ApiCaller caller = new ApiCaller(masking).authenticate();
			caller.create("/api/v2/webhook_subscriptions", Bodies.subscription("customer_created", "company", ""));
			caller.create(PATH, Bodies.incomingPayment("0700000000"));
			JsonNode first = this.application.next().json();
			JsonNode second = this.application.next().json();
			JsonNode transaction = (first.has("topic") ? second : first).at("/data/attributes/event/resource");
			assertThat(transaction.path("sender_phone_number").asString()).isEqualTo("+2547*****000");
			assertThat(transaction.path("hashed_sender_phone").asString())
				.isEqualTo("7fe2452bdc860302d56ecf03796ed29e4bc3060331087e210e0581159e74244d");
			JsonNode customer = (first.has("topic") ? first : second).at("/event/resource");
			assertThat(customer.path("phone_number").asString()).isEqualTo("+2547*****000");
			caller.create(PATH, Bodies.incomingPayment("0700999000"));
			assertThat(List.of(this.application.next().json(), this.application.next().json()))
				.as("another customer with the same mask is new too")
				.anyMatch((delivery) -> delivery.path("topic").asString("").equals("customer_created"));
			caller.create("/api/v2/payment_links", Bodies.paymentLink());
			assertThat(nextResult("payment_link").at("/payment_link/sender_phone_number").asString())
				.isEqualTo("2547*****678");
		}
	}

	@Test
	void postsSignedResultEqualToStatus() throws Exception {
		URI location = this.caller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
		RecordingApplication.Delivery result = this.application.next();
		assertThat(result.path()).isEqualTo("/k2/webhooks");
		assertThat(result.signature()).isEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(result.bytes()));
		assertThat(result.body()).isEqualTo(this.caller.get(location).body());
	}

	@Test
	void postsResultToCallbackUrlWithoutCallbackOrigin() throws Exception {
		this.simulator.callbackOrigin(null);
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(PHONE_NUMBER), "/_links/callback_url",
				this.application.url("/elsewhere?shop=1")));
		assertThat(this.application.next().path()).isEqualTo("/elsewhere?shop=1");
	}

	@Test
	void redeliversResultUntilResponseIs200() throws Exception {
		this.application.answer(List.of(500, 401, 204));
		this.caller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
		String first = this.application.next().body();
		for (int i = 0; i < 3; i++) {
			assertThat(this.application.next().body()).isEqualTo(first);
		}
		assertThat(this.application.receivesNothingFor(Duration.ofSeconds(2))).isTrue();
	}

	@Test
	void givesUpResultAfterFiveRedeliveries() throws Exception {
		this.application.answer(List.of(500, 500, 500, 500, 500, 500, 500));
		this.caller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
		for (int i = 0; i < 6; i++) {
			this.application.next();
		}
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(100L << 5))).isTrue();
	}

	@Test
	void deliversResultToApplicationThatStartsLater() throws Exception {
		this.simulator.callbackOrigin(URI.create("http://localhost:1"));
		URI location = this.caller.create(PATH, Bodies.incomingPayment(PHONE_NUMBER));
		awaitStatus(location, "Success");
		this.simulator.callbackOrigin(this.application.origin());
		assertThat(this.application.next().path()).isEqualTo("/k2/webhooks");
	}

	@ParameterizedTest
	@CsvSource({ SimulatedPhoneNumber.INSUFFICIENT_BALANCE + ",balance is insufficient",
			SimulatedPhoneNumber.CANCELS + ",cancelled" })
	void failsUnpaidPush(String phoneNumber, String error) throws Exception {
		this.caller.create(PATH, Bodies.incomingPayment(phoneNumber));
		JsonNode attributes = this.application.next().json().at("/data/attributes");
		assertThat(attributes.path("status").asString()).isEqualTo("Failed");
		assertThat(attributes.at("/event/resource").isNull()).isTrue();
		assertThat(attributes.at("/event/errors").asString()).contains(error);
	}

	@Test
	void unansweredPushStaysPendingWithoutResult() throws Exception {
		URI location = this.caller.create(PATH, Bodies.incomingPayment(SimulatedPhoneNumber.NEVER_ANSWERS));
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		assertThat(this.caller.attributes(location).path("status").asString()).isEqualTo("Pending");
	}

	@ParameterizedTest
	@CsvSource({ "2200.5,2200.5", "2200.50,2200.50", "0.01,0.01", "12345678901234.56,12345678901234.56",
			"1E+3,1000.0" })
	void keepsAllDigitsOfAmount(String sent, String written) throws Exception {
		ObjectNode body = Bodies.incomingPayment(PHONE_NUMBER);
		String json = body.toString().replace("2200", sent);
		this.caller.create(PATH, json);
		assertThat(this.application.next().json().at("/data/attributes/event/resource/amount").asString())
			.isEqualTo(written);
	}

	@Test
	void acceptsAmountAsText() throws Exception {
		this.caller.create(PATH, Bodies.set(Bodies.incomingPayment(PHONE_NUMBER), "/amount/value", "20.00"));
		assertThat(this.application.next().json().at("/data/attributes/event/resource/amount").asString())
			.isEqualTo("20.00");
	}

	@Test
	void acceptsRequestWithoutOptionalProperties() throws Exception {
		ObjectNode body = Bodies.incomingPayment(PHONE_NUMBER);
		Bodies.remove(body, "/metadata");
		Bodies.remove(body, "/subscriber/first_name");
		Bodies.remove(body, "/subscriber/last_name");
		Bodies.remove(body, "/subscriber/email");
		this.caller.create(PATH, body);
		JsonNode attributes = this.application.next().json().at("/data/attributes");
		assertThat(attributes.path("metadata").isNull()).isTrue();
		assertThat(attributes.at("/event/resource/sender_first_name").asString()).isNotBlank();
	}

	@ParameterizedTest
	@ValueSource(strings = { "/payment_channel", "/till_number", "/subscriber", "/subscriber/phone_number", "/amount",
			"/amount/currency", "/amount/value", "/_links", "/_links/callback_url" })
	void namesMissingProperty(String property) {
		ApiCaller.Answer answer = this.caller.post(PATH, Bodies.remove(Bodies.incomingPayment(PHONE_NUMBER), property));
		assertBadRequest(answer, property.substring(1).replace('/', '.') + " is missing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/subscriber/phone_number | "+25471122233"        | must be +254 followed by nine digits
			/subscriber/phone_number | "+254 7112 2233 34"   | must be +254 followed by nine digits
			/subscriber/phone_number | "+255711222333"       | must be +254 followed by nine digits
			/subscriber/phone_number | "0311222333"          | must be +254 followed by nine digits
			/subscriber/phone_number | ""                    | must be +254 followed by nine digits
			/subscriber/phone_number | true                  | must be +254 followed by nine digits
			/amount/currency         | "USD"                 | is not one of KES
			/amount/value            | 0                     | must be greater than 0
			/amount/value            | "-5"                  | must be greater than 0
			/amount/value            | 1.005                 | must have at most two decimals
			/amount/value            | "ten"                 | must be a number
			/amount/value            | true                  | must be a number
			/amount/value            | 1E+999999999          | must have at most 15 digits before the point
			/amount                  | 2200                  | must be an object
			/till_number             | 5144.5                | must be a text
			/till_number             | ""                    | must be a text
			/till_number             | " "                   | must be a text
			/subscriber/first_name   | ["Joe"]               | must be a text
			/_links/callback_url     | "/k2/webhooks"        | must be an absolute http or https URL
			/_links/callback_url     | {"url": "x"}          | must be an absolute http or https URL
			/_links/callback_url     | "ftp://shop.example/" | must be an absolute http or https URL
			/metadata                | ["a"]                 | must be an object
			/metadata                | {"a": [1]}            | must have texts as values
			/metadata                | {"a": {}}             | must have texts as values
			/metadata                | {"a":"","b":"","c":"","d":"","e":"","f":""} | must have at most five entries
			""")
	void namesInvalidProperty(String property, String value, String requirement) {
		ObjectNode body = Bodies.set(Bodies.incomingPayment(PHONE_NUMBER), property, Json.MAPPER.readTree(value));
		assertBadRequest(this.caller.post(PATH, body), property.substring(1).replace('/', '.') + " " + requirement);
	}

	@Test
	void reportsSeveralViolationsInArray() {
		ObjectNode body = Bodies.remove(Bodies.incomingPayment("0711"), "/till_number");
		JsonNode error = this.caller.post(PATH, body).json();
		assertThat(error.path("error_message").values()).map(JsonNode::asString)
			.containsExactly("till_number is missing", "subscriber.phone_number must be +254 followed by nine digits");
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "{", "not json", "[]", "\"text\"", "null", "{} {}" })
	void rejectsBodyThatIsNotSingleJsonObject(String body) {
		assertBadRequest(this.caller.post(PATH, body), "The body must be a JSON object");
	}

	@Test
	void respondsWith404ToUnknownId() {
		assertNotFound(this.caller.get(PATH + "/2a7c9a8e-5a4d-4f1b-9e0c-0d0b7c3b8f11"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "/api/v1/nothing", "/api/v3/incoming_payments", "/incoming_payments", "/page" })
	void respondsWith404ToUnknownPath(String path) {
		assertNotFound(this.caller.get(path));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e2147483647", "1e2147483646", "1e2147483648", "-1e2147483647", "1e-2147483647",
			"1e999999999999", "1e16" })
	void rejectsAmountWithAnyExponent(String amount) {
		String body = Bodies.incomingPayment(PHONE_NUMBER)
			.toString()
			.replaceFirst("\"value\":[^,}]+", "\"value\":" + amount);
		assertThat(this.caller.post(PATH, body).status()).isEqualTo(400);
	}

	@Test
	void acceptsAmountWithExponent() throws Exception {
		this.caller.create(PATH,
				Bodies.incomingPayment(PHONE_NUMBER).toString().replaceFirst("\"value\":[^,}]+", "\"value\":1e3"));
		assertThat(this.application.next().json().at("/data/attributes/event/resource/amount").asString())
			.isEqualTo("1000.0");
	}

	@ParameterizedTest
	@ValueSource(strings = { "http://localhost:99999/k2", "http://localhost:65536", "http://localhost:-1/" })
	void rejectsCallbackUrlWithImpossiblePort(String url) {
		assertThat(this.caller.post(PATH, Bodies.set(Bodies.incomingPayment(PHONE_NUMBER), "/_links/callback_url", url))
			.status()).isEqualTo(400);
	}

}
