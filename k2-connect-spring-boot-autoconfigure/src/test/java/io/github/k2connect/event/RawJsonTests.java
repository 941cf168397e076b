package io.github.k2connect.event;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonAutoDetect.Visibility;
import com.fasterxml.jackson.annotation.PropertyAccessor;
import io.github.k2connect.json.JsonObject;
import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2Event#rawJson()}.
 */
class RawJsonTests {

	private static final String SECRET = "Baraka-4711";

	@ParameterizedTest
	@EnumSource
	void isBodyAsReceived(Sample sample) {
		assertThat(sample.event().rawJson()).isEqualTo(new String(sample.body(), StandardCharsets.UTF_8));
		assertThat(Sample.decode(sample.minimal()).rawJson()).isEqualTo(sample.minimal().toString());
	}

	@ParameterizedTest
	@EnumSource
	void hasPropertiesThatRecordDoesNotHave(Sample sample) {
		assertThat(withUnknownProperty(sample).rawJson()).contains(SECRET);
	}

	@ParameterizedTest
	@EnumSource
	void isNoPartOfValue(Sample sample) {
		assertThat(withUnknownProperty(sample)).isEqualTo(sample.event())
			.hasSameHashCodeAs(sample.event())
			.hasToString(sample.event().toString());
		assertThat(sample.event().toString()).doesNotContain("{\"");
	}

	@ParameterizedTest(name = "with {0}")
	@MethodSource("mappers")
	void isNeitherWrittenToJsonNorRead(JsonMapper mapper) {
		for (Sample sample : Sample.values()) {
			K2Event event = withUnknownProperty(sample);
			String json = mapper.writeValueAsString(event);
			assertThat(json).doesNotContain(SECRET, "\"body\"");
			assertThat(mapper.readValue(json, sample.type())).isEqualTo(event).returns(null, K2Event::rawJson);
		}
	}

	@Test
	void isNotReadFromPropertyOfJson() {
		String json = JsonMapper.shared().writeValueAsString(Sample.CUSTOMER_CREATED.event());
		String forged = json.replace("\"envelope\":{", "\"envelope\":{\"body\":\"{}\",");
		assertThat(forged).isNotEqualTo(json);
		assertThat(JsonMapper.builder()
			.disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
			.build()
			.readValue(forged, CustomerCreated.class)).returns(null, K2Event::rawJson);
	}

	@Test
	void isAbsentWithoutMessage() {
		assertThat(new CustomerCreated(
				new WebhookEnvelope("1", K2Event.DEFAULT_ACCOUNT, "customer_created", null, null, null, null), null,
				null, null, null, null)
			.rawJson()).isNull();
	}

	@Test
	void isBodyOfStatusResponse() {
		StkPushResult result = ResultType.INCOMING_PAYMENT.status(StkPushResult.class, K2Event.DEFAULT_ACCOUNT)
			.apply(JsonObject.parse(Sample.INCOMING_PAYMENT.body()));
		assertThat(result.rawJson()).isEqualTo(new String(Sample.INCOMING_PAYMENT.body(), StandardCharsets.UTF_8));
	}

	@Test
	void isPayloadOfUnrecognizedEvent() {
		assertThat(Sample.decode("{\"id\": \"1\", \"topic\": \"loan\"}")).isInstanceOf(UnrecognizedK2Event.class)
			.returns("{\"id\": \"1\", \"topic\": \"loan\"}", K2Event::rawJson);
	}

	@Test
	void isTextWithoutByteOrderMark() {
		String json = "{\"id\": \"1\", \"topic\": \"customer_created\", \"note\": \"Zoë 🎉\"}";
		assertThat(Sample.decode(json.getBytes(StandardCharsets.UTF_8)).rawJson()).isEqualTo(json);
		assertThat(Sample.decode(("\uFEFF" + json).getBytes(StandardCharsets.UTF_8)).rawJson()).isEqualTo(json);
	}

	/**
	 * The parser accepts a slash in two bytes, which is no valid UTF-8.
	 */
	@Test
	void replacesInvalidUtf8() {
		assertThat(Sample.decode(withNote(0xC0, 0xAF)).rawJson())
			.isEqualTo("{\"id\":\"1\",\"topic\":\"customer_created\",\"note\":\"\uFFFD\uFFFD\"}");
	}

	@Test
	void isNeverReadFromUtf8ThatParserRejects() {
		for (byte[] body : List.of(withNote(0xFF), withNote(0xED, 0xA0, 0x80), withNote(0xC3))) {
			assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> Sample.decode(body));
		}
	}

	@Test
	void hasLargeBody() {
		String json = "{\"id\":\"1\",\"topic\":\"customer_created\",\"note\":[" + "\"Zoë\",".repeat(1_000_000)
				+ "\"\"]}";
		assertThat(Sample.decode(json).rawJson()).isEqualTo(json);
	}

	private static byte[] withNote(int... bytes) {
		ByteArrayOutputStream body = new ByteArrayOutputStream();
		body.writeBytes("{\"id\":\"1\",\"topic\":\"customer_created\",\"note\":\"".getBytes(StandardCharsets.UTF_8));
		IntStream.of(bytes).forEach(body::write);
		body.writeBytes("\"}".getBytes(StandardCharsets.UTF_8));
		return body.toByteArray();
	}

	private static K2Event withUnknownProperty(Sample sample) {
		return Sample.decode(sample.json().put("nickname_of_payer", SECRET));
	}

	private static Stream<Named<JsonMapper>> mappers() {
		return Stream.of(Named.of("a plain mapper", JsonMapper.builder().build()),
				Named.of("every field and getter visible",
						JsonMapper.builder()
							.changeDefaultVisibility(
									(visibility) -> visibility.withVisibility(PropertyAccessor.ALL, Visibility.ANY))
							.build()),
				Named.of("missing and unknown properties refused",
						JsonMapper.builder()
							.enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
									DeserializationFeature.FAIL_ON_MISSING_CREATOR_PROPERTIES)
							.build()));
	}

}
