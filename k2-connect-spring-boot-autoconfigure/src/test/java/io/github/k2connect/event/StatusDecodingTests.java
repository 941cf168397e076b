package io.github.k2connect.event;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the status of a request, which is decoded as the record of the result.
 */
class StatusDecodingTests {

	@ParameterizedTest
	@MethodSource("results")
	void decodesStatusAsRecordOfResult(Sample sample) {
		assertThat(status(sample, K2Event.DEFAULT_ACCOUNT)).isEqualTo(sample.event());
	}

	@ParameterizedTest
	@MethodSource("results")
	void setsAccountOfCaller(Sample sample) {
		assertThat(status(sample, "branch").account()).isEqualTo("branch");
	}

	@Test
	void rejectsStatusOfAnotherType() {
		assertUnreadable(new String(Sample.PAYMENT.body(), StandardCharsets.UTF_8), "'type' is not incoming_payment");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"data\": {\"id\": \"1\"}}", "{\"data\": {\"id\": \"1\", \"type\": \"loan\"}}" })
	void rejectsStatusOfUnknownType(String json) {
		assertUnreadable(json, "'type' is not incoming_payment");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"data\": null}", "{\"data\": {\"type\": \"incoming_payment\"}}",
			"{\"data\": {\"type\": \"incoming_payment\", \"id\": \" \"}}" })
	void rejectsStatusWithoutId(String json) {
		assertUnreadable(json, "'id' is missing");
	}

	@Test
	void rejectsStatusWithUnreadableComponent() {
		assertUnreadable("{\"data\": {\"type\": \"incoming_payment\", \"id\": \"1\", \"attributes\": []}}",
				"'attributes' is not an object");
		assertUnreadable("{\"data\": []}", "'data' is not an object");
	}

	private static K2ResultEvent status(Sample sample, String account) {
		return ResultType.valueOf(sample.name())
			.status(K2ResultEvent.class, account)
			.apply(JsonObject.parse(sample.body()));
	}

	private static void assertUnreadable(String json, String message) {
		assertThatExceptionOfType(UnreadableJsonException.class)
			.isThrownBy(() -> ResultType.INCOMING_PAYMENT.status(StkPushResult.class, K2Event.DEFAULT_ACCOUNT)
				.apply(JsonObject.parse(json.getBytes(StandardCharsets.UTF_8))))
			.withMessage(message);
	}

	private static Stream<Sample> results() {
		return Stream.of(Sample.values()).filter(Sample::isResult);
	}

}
