package io.github.k2connect.webhook.store;

import java.nio.charset.StandardCharsets;

import io.github.k2connect.event.EventDecoder;
import io.github.k2connect.json.JsonObject;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Which deliveries are the same event.
 */
class EventIdentityTests {

	private static final String WEBHOOK = """
			{"topic": "customer_created", "id": "1", "created_at": "2026-11-24T10:00:00+03:00"}""";

	private static final String RESULT = """
			{"data": {"id": "1", "type": "payment", "attributes": {"status": "Pending", "metadata": {"a": "1", "b": 2.0}}}}""";

	private static EventIdentity identity(String body) {
		byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
		JsonObject json = JsonObject.parse(bytes);
		return EventIdentity.of(EventDecoder.decode(bytes, json), json);
	}

	@Test
	void aWebhookIsTheSameWhenTopicAndIdAreTheSame() {
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
	void aResultIsTheSameHoweverItIsWritten(String other) {
		assertThat(identity(other)).isEqualTo(identity(RESULT));
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`',
			value = { "Pending | Success", "2.0 | 2.00", "2.0 | 2.1", "\"1\" | \"2\"", "payment | polling",
					"\"b\": 2.0 | \"b\": 2.0, \"c\": 2.0", "\"status\" | \"more\": [1], \"status\"" })
	void aResultOfAnotherContentIsAnother(String part, String other) {
		String changed = RESULT.replace(part, other);
		assertThat(changed).isNotEqualTo(RESULT);
		assertThat(identity(changed)).isNotEqualTo(identity(RESULT));
	}

	@Test
	void theOrderOfAListIsContent() {
		String result = RESULT.replace("\"Pending\"",
				"\"Pending\", \"transfer_batches\": [{\"status\": \"A\"}, {\"status\": \"B\"}]");
		String reversed = result.replace("\"A\"", "\"x\"").replace("\"B\"", "\"A\"").replace("\"x\"", "\"B\"");
		assertThat(identity(reversed)).isNotEqualTo(identity(result));
	}

	@Test
	void whatIsNotKnownFollowsTheSameRules() {
		assertThat(identity("{\"topic\": \"till_closed\", \"id\": \"1\", \"a\": 1}"))
			.isEqualTo(identity("{\"id\": \"1\", \"topic\": \"till_closed\"}"));
		assertThat(identity("{\"data\": {\"type\": \"refund\", \"id\": \"1\", \"a\": 1}}"))
			.isEqualTo(identity("{\"data\": {\"a\": 1, \"id\": \"1\", \"type\": \"refund\"}}"))
			.isNotEqualTo(identity("{\"data\": {\"type\": \"refund\", \"id\": \"1\", \"a\": 2}}"));
		assertThat(identity("{\"id\": \"1\", \"a\": 1}")).isEqualTo(identity("{\"a\": 1, \"id\": \"1\"}"))
			.isNotEqualTo(identity("{\"id\": \"1\", \"a\": 2}"));
	}

	@Test
	void theKeyHasAFixedLengthAndTellsIdentitiesApart() {
		assertThat(identity(WEBHOOK).key()).matches("[0-9a-f]{64}").isEqualTo(identity(WEBHOOK).key());
		assertThat(new EventIdentity("a".repeat(10_000), "b".repeat(10_000), null).key()).hasSize(64);
		assertThat(new EventIdentity("ab", "c", null).key()).isNotEqualTo(new EventIdentity("a", "bc", null).key())
			.isNotEqualTo(new EventIdentity("ab", "c", "d").key());
	}

}
