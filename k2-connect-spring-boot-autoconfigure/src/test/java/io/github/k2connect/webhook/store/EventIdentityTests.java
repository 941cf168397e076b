package io.github.k2connect.webhook.store;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.k2connect.Sha256;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.webhook.reception.ReceivedEvent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link EventIdentity}: which deliveries are the same event.
 */
class EventIdentityTests {

	private static final String WEBHOOK = """
			{"topic": "customer_created", "id": "1", "created_at": "2026-11-24T10:00:00+03:00"}""";

	private static final String RESULT = """
			{"data": {"id": "1", "type": "payment", "attributes": {"status": "Pending", "metadata": {"a": "1", "b": 2.0}}}}""";

	private static K2Event event(String body) {
		return received(body, K2Event.DEFAULT_ACCOUNT).event();
	}

	private static EventIdentity identity(String body) {
		return received(body, K2Event.DEFAULT_ACCOUNT).identity();
	}

	private static ReceivedEvent received(String body, String account) {
		return ReceivedEvent.decode(body.getBytes(StandardCharsets.UTF_8), account);
	}

	@Test
	void identifiesWebhookByTopicAndId() {
		assertThat(identity(WEBHOOK)).isEqualTo(identity("{\"topic\": \"customer_created\", \"id\": \"1\"}"))
			.isNotEqualTo(identity(WEBHOOK.replace("\"1\"", "\"2\"")))
			.isNotEqualTo(identity(WEBHOOK.replace("customer_created", "b2b_transaction_received")));
	}

	@ParameterizedTest
	@ValueSource(strings = { """
			{ "data" : {
			  "attributes": {"metadata": {"b": 2.0, "a": "\\u0031"}, "status": "Pending"},
			  "type": "payment",
			  "id": "1" }
			}
			""", "{\"data\":{\"type\":\"payment\",\"id\":\"1\","
			+ "\"attributes\":{\"status\":\"Pending\",\"metadata\":{\"a\":\"1\",\"b\":2.0}}}}" })
	void identifiesResultInAnyNotation(String other) {
		assertThat(identity(other)).isEqualTo(identity(RESULT));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "Pending | Success", "2.0 | 2.00", "2.0 | 2.1", "\"1\" | \"2\"", "payment | polling",
					"\"b\": 2.0 | \"b\": 2.0, \"c\": 2.0", "\"status\" | \"more\": [1], \"status\"" })
	void distinguishesResultsByContent(String part, String other) {
		String changed = RESULT.replace(part, other);
		assertThat(changed).isNotEqualTo(RESULT);
		assertThat(identity(changed)).isNotEqualTo(identity(RESULT));
	}

	@Test
	void distinguishesOrderOfList() {
		String result = RESULT.replace("\"Pending\"",
				"\"Pending\", \"transfer_batches\": [{\"status\": \"A\"}, {\"status\": \"B\"}]");
		String reversed = result.replace("\"A\"", "\"x\"").replace("\"B\"", "\"A\"").replace("\"x\"", "\"B\"");
		assertThat(identity(reversed)).isNotEqualTo(identity(result));
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"topic\": \"till_closed\", \"id\": \"1\", \"a\": 1}",
			"{\"data\": {\"type\": \"refund\", \"id\": \"1\", \"a\": 1}}", "{\"id\": \"1\", \"a\": 1}" })
	void identifiesUnrecognizedEventByContent(String message) {
		assertThat(identity(message)).isEqualTo(identity(message.replace(": ", "  :\n")))
			.isNotEqualTo(identity(message.replace("\"a\": 1", "\"a\": 2")))
			.isNotEqualTo(identity(message.replace("\"id\": \"1\"", "\"id\": \"2\"")));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '~', value = {
			"{`topic`: `buygoods_transaction_received`, `id`: `1`, `event`: {`resource`: {`amount`: `ten`}}} | ten | 10",
			"{`data`: {`id`: `1`, `type`: `incoming_payment`, `attributes`: {`event`: {`resource`: {`amount`: `ten`}}}}} | ten | 10" })
	void distinguishesCorrectedDelivery(String message, String wrong, String right) {
		String unrecognized = message.replace('`', '"');
		String corrected = unrecognized.replace(wrong, right);
		assertThat(event(unrecognized)).isInstanceOf(UnrecognizedK2Event.class);
		assertThat(event(corrected)).isNotInstanceOf(UnrecognizedK2Event.class);
		assertThat(identity(corrected)).isNotEqualTo(identity(unrecognized));
		assertThat(identity(corrected).key()).isNotEqualTo(identity(unrecognized).key());
	}

	@Test
	void distinguishesEventThatLaterVersionRecognizes() {
		JsonObject json = JsonObject.parse(RESULT.getBytes(StandardCharsets.UTF_8));
		K2Event before = new UnrecognizedK2Event("1", K2Event.DEFAULT_ACCOUNT, "payment", RESULT,
				"type is not a known type");
		assertThat(EventIdentity.of(before, json)).isEqualTo(EventIdentity.of(before, json))
			.isNotEqualTo(EventIdentity.of(event(RESULT), json));
	}

	@Test
	void distinguishesIdsWithLoneSurrogates() {
		assertThat(Stream.of("\ud800", "\ud801", "\udc00", "?", "\ufffd", "\\ud800")
			.map((id) -> new EventIdentity("default", "customer_created", id, null).key())).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"topic\": \"till_closed\", \"id\": \"1\", \"b\": 2.0}", RESULT })
	void distinguishesContentWithLoneSurrogates(String message) {
		assertThat(Stream.of("\\ud83d", "\\ud83c", "\\ude00", "?", "\\ufffd")
			.map((text) -> identity(message.replace("\"b\":", "\"c\": \"" + text + "\", \"b\":")))
			.map(EventIdentity::key)).doesNotHaveDuplicates();
	}

	@ParameterizedTest
	@ValueSource(strings = { "Success", "Processed", "Failed", "Cancelled" })
	void identifiesFinalResultByTypeIdAndStatus(String status) {
		String result = RESULT.replace("Pending", status);
		assertThat(identity(result)).isEqualTo(identity(result.replace("2.0", "2.1")))
			.isEqualTo(identity(result.replace("\"metadata\"", "\"created_at\": null, \"metadata\"")))
			.isNotEqualTo(identity(result.replace(status, "Rejected")))
			.isNotEqualTo(identity(result.replace("\"id\": \"1\"", "\"id\": \"2\"")))
			.isNotEqualTo(identity(result.replace("payment", "incoming_payment")))
			.isNotEqualTo(identity(RESULT));
	}

	@Test
	void distinguishesPendingAndFinalResultOfSameStatus() {
		String processed = RESULT.replace("\"Pending\"",
				"\"Processed\", \"transfer_batches\": [{\"disbursements\": [{\"status\": \"Pending\"}]}]");
		String failed = processed.replace("\"Pending\"", "\"Failed\"");
		String transferred = processed.replace("\"Pending\"", "\"Transferred\"");
		assertThat(Stream.of(processed, failed, transferred).map(EventIdentityTests::identity)).doesNotHaveDuplicates();
	}

	@Test
	void treatsBothNamesOfReversalAlike() {
		String result = RESULT.replace("payment", "reversal").replace("Pending", "Failed");
		assertThat(identity(result)).isEqualTo(identity(result.replace("reversal", "reversals")));
	}

	@ParameterizedTest
	@ValueSource(strings = { WEBHOOK, RESULT, "{\"topic\": \"till_closed\", \"id\": \"1\"}" })
	void distinguishesAccounts(String message) {
		EventIdentity kiosk = received(message, "kiosk").identity();
		EventIdentity school = received(message, "school").identity();
		assertThat(kiosk.key()).isNotEqualTo(school.key()).isNotEqualTo(identity(message).key());
	}

	@Test
	void keepsKeysOfEarlierVersions() {
		assertThat(new EventIdentity("default", "customer_created", "\u00e9\ud83d\ude00", null).key()).isEqualTo(
				Sha256.hex("7:default16:customer_created3:\u00e9\ud83d\ude00null".getBytes(StandardCharsets.UTF_8)));
	}

	@Test
	void hasUniqueKeyOfFixedLength() {
		assertThat(identity(WEBHOOK).key()).matches("[0-9a-f]{64}").isEqualTo(identity(WEBHOOK).key());
		assertThat(new EventIdentity("default", "a".repeat(10_000), "b".repeat(10_000), null).key()).hasSize(64);
		assertThat(new EventIdentity("default", "ab", "c", null).key())
			.isNotEqualTo(new EventIdentity("default", "a", "bc", null).key())
			.isNotEqualTo(new EventIdentity("default", "ab", "c", "d").key());
	}

}
