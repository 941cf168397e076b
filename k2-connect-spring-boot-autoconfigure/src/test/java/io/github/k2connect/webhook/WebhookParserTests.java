package io.github.k2connect.webhook;

import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.k2connect.K2Exception;
import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.UnrecognizedK2Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link WebhookParser}.
 */
class WebhookParserTests {

	private static final String KEY = "an-api-key";

	private final WebhookParser parser = new WebhookParser(new SignatureVerifier(KEY, List.of()));

	private static byte[] bytes(String body) {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"topic\":\"buygoods_transaction_received\",\"id\":\"1\"}",
			"{\n  \"topic\" : \"buygoods\\u005ftransaction_received\",\r\n\t\"id\" : \"1\"\n}\n" })
	void decodesSignedMessageInAnyNotation(String body) {
		assertThat(this.parser.parse(bytes(body), Signatures.sign(KEY, bytes(body)))).isInstanceOfSatisfying(
				BuygoodsTransactionReceived.class, (event) -> assertThat(event.id()).isEqualTo("1"));
	}

	@Test
	void rejectsMessageWithoutSignature() {
		assertThatExceptionOfType(InvalidSignatureException.class)
			.isThrownBy(() -> this.parser.parse(bytes("not JSON"), "0".repeat(64)))
			.isInstanceOf(K2Exception.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "", "not JSON", "[]", "{}", "{\"id\":\"1\"} {}", "{\"id\":null}", "{\"id\":\" \"}",
			"{\"data\":{\"type\":\"incoming_payment\"}}", "{\"id\":\"1\"" })
	void rejectsSignedBodyThatIsNoMessage(String body) {
		assertThatExceptionOfType(MalformedWebhookException.class)
			.isThrownBy(() -> this.parser.parse(bytes(body), Signatures.sign(KEY, bytes(body))))
			.isInstanceOf(K2Exception.class)
			.withNoCause();
	}

	@Test
	void rejectsForgedMessageWithoutStackTrace() {
		assertThatExceptionOfType(InvalidSignatureException.class)
			.isThrownBy(() -> this.parser.parse(bytes("{}"), "0".repeat(64)))
			.satisfies((ex) -> assertThat(ex.getStackTrace()).isEmpty());
	}

	@Test
	void decodesUnknownMessageAsUnrecognized() {
		byte[] body = bytes("{\"topic\":\"till_closed\",\"id\":\"1\"}");
		assertThat(this.parser.parse(body, Signatures.sign(KEY, body)))
			.isInstanceOfSatisfying(UnrecognizedK2Event.class, (event) -> {
				assertThat(event.kind()).isEqualTo("till_closed");
				assertThat(event.payload()).isEqualTo("{\"topic\":\"till_closed\",\"id\":\"1\"}");
			});
	}

}
