package io.github.k2connect.webhook;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.event.CustomerCreated;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PollingResult;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.junit.jupiter.api.Assertions.assertTimeout;

class EventDecoderTests {

	private static final String CUSTOMER = """
			{"topic": "customer_created", "id": "wh-1", "event": {"resource": {"first_name": "Wanjikũ 🙂"}}}""";

	static final List<String> notOneObject = List.of("", "   ", "null", "true", "42", "\"text\"", "[]",
			"[" + CUSTOMER + "]", CUSTOMER + CUSTOMER, CUSTOMER + " x", CUSTOMER + "]", CUSTOMER.substring(0, 60),
			CUSTOMER.substring(0, CUSTOMER.length() - 1), "{'id': 1}", "{id: 1}", "id=1&topic=customer_created",
			"<html></html>", "{\"id\": 1,}", "{\"id\": NaN}", "{\"id\": 01}", "{\"id\": \"a\nb\"}",
			"{\"id\": \"\\uD8\"}", "// comment\n{}", "[".repeat(100_000), "{\"a\":".repeat(100_000),
			"{\"id\": \"1\", \"a\": " + "[".repeat(100_000) + "]".repeat(100_000) + "}",
			"{\"id\": " + "9".repeat(1_001) + "}", "{\"id\": \"1\", \"a\": " + "9".repeat(200_000) + "}",
			"{\"id\": \"1\", \"" + "a".repeat(100_000) + "\": 1}");

	@ParameterizedTest
	@FieldSource("notOneObject")
	void rejectsBodyThatIsNotSingleObject(String body) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> decode(body))
			.withMessage("The body is not exactly one JSON object");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"topic\": \"customer_created\"}",
			"{\"topic\": \"customer_created\", \"id\": null}", "{\"topic\": \"customer_created\", \"id\": \"\"}",
			"{\"topic\": \"customer_created\", \"id\": \" \"}", "{\"data\": null}", "{\"data\": {}}",
			"{\"data\": {\"type\": \"payment\"}, \"id\": \"outside\"}",
			"{\"data\": {\"type\": \"payment\", \"id\": \"\"}}", "{\"TransID\": null, \"TransAmount\": 1}",
			"{\"TransID\": \"\", \"TransAmount\": 1}", "{\"TransID\": \"SC1\", \"topic\": \"customer_created\"}" })
	void rejectsMessageWithoutId(String body) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> decode(body))
			.withMessage("'id' is missing");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', nullValues = "null", textBlock = """
			{"id": "id-1", "topic": "loyalty_points_earned", "event": {"points": 3}} | loyalty_points_earned | topic
			{"id": "id-1", "topic": "daraja"}                                       | daraja                | topic
			{"id": "id-1", "topic": "incoming_payment"}                             | incoming_payment      | topic
			{"id": "id-1", "topic": "CUSTOMER_CREATED"}                             | CUSTOMER_CREATED      | topic
			{"id": "id-1", "topic": ""}                                             | ''                    | topic
			{"id": "id-1"}                                                          | null                  | topic
			{"data": {"id": "id-1", "type": "loan", "attributes": {"sum": 3}}}      | loan                  | type
			{"data": {"id": "id-1", "type": "customer_created"}}                    | customer_created      | type
			{"data": {"id": "id-1"}}                                                | null                  | type
			""")
	void decodesMessageOfUnknownTypeAsUnrecognized(String body, String kind, String property) {
		assertThat(decode(body)).isEqualTo(new UnrecognizedK2Event("id-1", K2Event.DEFAULT_ACCOUNT, kind, body,
				"'" + property + "' is not a known " + property));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"id\": \"1\", \"topic\": \"other\"}", "{\"id\": {}, \"topic\": \"customer_created\"}",
			"{\"TransID\": \"1\", \"TransAmount\": \"lots\"}", "{\"data\": {\"id\": \"1\", \"type\": \"other\"}}" })
	void setsAccountOfUnrecognizedMessage(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		assertThat(EventDecoder.decode(bytes, JsonObject.parse(bytes), "branch"))
			.isInstanceOf(UnrecognizedK2Event.class)
			.returns("branch", K2Event::account);
	}

	@Test
	void identifiesMessageWithUnreadableIdByDigestOfBody() {
		String body = "{\"id\": {\"v\": 1}, \"topic\": \"customer_created\"}";
		UnrecognizedK2Event event = (UnrecognizedK2Event) decode(body);
		assertThat(event.id()).hasSize(64).isEqualTo(decode(body).id()).isNotEqualTo(decode(body + " ").id());
		assertThat(event.kind()).isNull();
		assertThat(event.payload()).isEqualTo(body);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "\uFEFF" })
	void readsBodyWithAndWithoutByteOrderMark(String mark) {
		assertThat(decode((mark + CUSTOMER).getBytes(StandardCharsets.UTF_8))).isInstanceOfSatisfying(
				CustomerCreated.class, (event) -> assertThat(event.firstName()).isEqualTo("Wanjikũ 🙂"));
		String unknown = CUSTOMER.replace("customer_created", "other");
		assertThat(decode((mark + unknown).getBytes(StandardCharsets.UTF_8))).isInstanceOfSatisfying(
				UnrecognizedK2Event.class, (event) -> assertThat(event.payload()).isEqualTo(unknown));
	}

	@ParameterizedTest
	@ValueSource(ints = { 0x80, 0xC0, 0xE2, 0xF5, 0xFF })
	void rejectsTextThatIsNotUtf8(int octet) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"id\": \"1\", \"topic\": \"".getBytes(StandardCharsets.UTF_8));
		body.write(octet);
		body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> decode(body.toByteArray()));
	}

	@Test
	void rejectsAnyUnreadableBytes() {
		for (int first = 0; first < 256; first++) {
			for (int second = 0; second < 256; second++) {
				byte[] body = { (byte) first, (byte) second, 0, 0, '{', '}' };
				assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> decode(body));
			}
		}
	}

	@Test
	void usesLastOfRepeatedProperties() {
		assertThat(decode("{\"id\": \"1\", \"topic\": \"customer_created\", \"id\": \"2\"}").id()).isEqualTo("2");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1E+999999999", "-1E+999999999", "1E-999999999", "\"1E+999999999\"", "1E+2147483647" })
	void doesNotExpandHugeNumber(String number) {
		String body = "{\"id\": \"1\", \"topic\": \"m2m_transaction_received\", \"event\": {\"resource\": {\"amount\": "
				+ number + ", \"status\": " + number + "}}}";
		assertThat(decode(body)).isInstanceOfSatisfying(UnrecognizedK2Event.class,
				(event) -> assertThat(event.reason()).startsWith("'"));
	}

	@Test
	void readsBodyOf256KilobytesWithoutDelay() {
		String transaction = "{\"type\": \"Buygoods Transaction\", \"resource\": {\"id\": \"tx\", \"amount\": \"1.0\"}},";
		String transactions = transaction.repeat(256 * 1024 / transaction.length());
		String body = "{\"data\": {\"id\": \"poll-1\", \"type\": \"polling\", \"attributes\": {\"transactions\": ["
				+ transactions.substring(0, transactions.length() - 1) + "]}}}";
		PollingResult result = assertTimeout(Duration.ofSeconds(5), () -> (PollingResult) decode(body));
		assertThat(result.transactions()).hasSizeGreaterThan(2_000)
			.allSatisfy((polled) -> assertThat(polled.resourceId()).isEqualTo("tx"));
	}

	@Test
	void decodesWebhookWithNullDataAsWebhook() {
		assertThatNoException()
			.isThrownBy(() -> decode("{\"id\": \"1\", \"topic\": \"customer_created\", \"data\": null}"));
	}

	private static K2Event decode(String body) {
		return decode(body.getBytes(StandardCharsets.UTF_8));
	}

	private static K2Event decode(byte[] body) {
		return EventDecoder.decode(body, JsonObject.parse(body), K2Event.DEFAULT_ACCOUNT);
	}

}
