package io.github.k2connect.event;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link StkPushResult}, with and without a payment.
 */
class StkPushResultTests {

	@Test
	void pendingPaymentHasNoTransaction() {
		StkPushResult result = (StkPushResult) Sample.decode("""
				{"data": {"id": "ip-1", "type": "incoming_payment", "attributes": {
				 "initiation_time": "2026-03-11T08:00:00Z", "status": "Pending",
				 "event": {"type": "Incoming Payment Request", "resource": null, "errors": null},
				 "metadata": null, "_links": {"callback_url": "https://duka.example/k2", "self": null}}}}
				""");
		assertThat(result.isPending()).isTrue();
		assertThat(result.eventType()).isEqualTo("Incoming Payment Request");
		assertThat(result.callbackUrl()).hasToString("https://duka.example/k2");
		assertThat(result.linkSelf()).isNull();
		assertThat(result.resourceId()).isNull();
		assertThat(result.amount()).isNull();
		assertThat(result.errors()).isEmpty();
		assertThat(result.metadata()).isEmpty();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			null                     | 0
			[]                       | 0
			[null]                   | 0
			"Insufficient funds"     | 1
			["Insufficient funds"]   | 1
			["Wrong PIN", null, 503] | 2
			""")
	void readsErrorsFromNullTextOrList(String errors, int count) {
		assertThat(withEvent("\"errors\": " + errors).errors()).hasSize(count).doesNotContainNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			{"error": "Wrong PIN"}                | error Wrong PIN
			[{"error": "Wrong PIN"}]              | error Wrong PIN
			[["Wrong PIN"]]                       | Wrong PIN
			{"phone_number": ["is invalid"]}      | phone_number is invalid
			{"amount": {"value": ["is missing"]}} | amount value is missing
			""", quoteCharacter = '`')
	void readsErrorObjectsAsSentences(String errors, String sentence) {
		assertThat(withEvent("\"errors\": " + errors).errors()).containsExactly(sentence);
	}

	@Test
	void isUnrecognizedWithHugeNumber() {
		assertThat(decodeWithEvent("\"errors\": [1e2147483647]")).isInstanceOfSatisfying(UnrecognizedK2Event.class,
				(event) -> assertThat(event.reason()).isEqualTo("'errors' is not a text"));
	}

	@Test
	void readsMetadataAsTextInOrderWithoutNulls() {
		StkPushResult result = (StkPushResult) Sample.decode("""
				{"data": {"id": "ip-1", "type": "incoming_payment", "attributes": {"metadata":
				 {"zebra": "z", "count": 12, "price": 10.50, "big": 1E+3, "gift": true, "note": null, "apple": ""}}}}
				""");
		assertThat(result.metadata()).containsExactly(Map.entry("zebra", "z"), Map.entry("count", "12"),
				Map.entry("price", "10.50"), Map.entry("big", "1000"), Map.entry("gift", "true"),
				Map.entry("apple", ""));
	}

	@Test
	void copiesErrorsAndMetadata() {
		List<String> errors = new ArrayList<>(List.of("Wrong PIN"));
		Map<String, String> metadata = new LinkedHashMap<>(Map.of("order", "1"));
		StkPushResult result = new StkPushResult(
				new ResultEnvelope("ip-1", K2Event.DEFAULT_ACCOUNT, "incoming_payment", null, null, null), null, null,
				null, errors, metadata);
		errors.clear();
		metadata.clear();
		assertThat(result.errors()).containsExactly("Wrong PIN");
		assertThat(result.metadata()).containsExactly(Map.entry("order", "1"));
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> result.metadata().put("order", "2"));
	}

	private static StkPushResult withEvent(String property) {
		return (StkPushResult) decodeWithEvent(property);
	}

	private static K2Event decodeWithEvent(String property) {
		return Sample.decode("""
				{"data": {"id": "ip-1", "type": "incoming_payment", "attributes": {"event": {%s}}}}
				""".formatted(property));
	}

}
