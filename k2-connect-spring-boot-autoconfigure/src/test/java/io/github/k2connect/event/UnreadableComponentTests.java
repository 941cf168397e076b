package io.github.k2connect.event;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for messages with properties of the wrong type, which are delivered as
 * unrecognized.
 */
class UnreadableComponentTests {

	private static final JsonNode OBJECT = JsonNodeFactory.instance.objectNode().put("secret", "Mwangi");

	private static final JsonNode LIST = JsonNodeFactory.instance.arrayNode().add(OBJECT);

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("scalars")
	void isUnrecognizedWithObjectOrListInPlaceOfText(Sample sample, JsonPointer property) {
		assertUnrecognized(sample, property, OBJECT);
		assertUnrecognized(sample, property, LIST);
	}

	@ParameterizedTest(name = "{0}: {1}")
	@MethodSource("containers")
	void isUnrecognizedWithTextInPlaceOfObjectOrList(Sample sample, JsonPointer property) {
		assertUnrecognized(sample, property, JsonNodeFactory.instance.stringNode("Mwangi"));
	}

	@ParameterizedTest(name = "{0} {1}: {2}")
	@CsvSource(textBlock = """
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/amount,           abc
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/amount,           '1,250.50'
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/amount,           KES 100
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/amount,           1E+999999999
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/amount,           1E-999999999
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/origination_time, yesterday
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/origination_time, 2026-03-02
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/origination_time, 2026-03-02T09:15:29
			BUYGOODS_TRANSACTION_RECEIVED, /event/resource/origination_time, 2026-02-30T09:15:29+03:00
			BUYGOODS_TRANSACTION_RECEIVED, /created_at,                      1772432131
			CARD_TRANSACTION_RECEIVED,     /event/resource/settled,          perhaps
			DARAJA,                        /TransTime,                       20260230091532
			DARAJA,                        /TransTime,                       2026-03-10T09:15:32Z
			DARAJA,                        /TransTime,                       202603100915
			DARAJA,                        /TransAmount,                     lots
			PAYMENT,                       /data/attributes/amount/value,    abc
			""")
	void isUnrecognizedWithInvalidText(Sample sample, String property, String text) {
		assertUnrecognized(sample, JsonPointer.compile(property), JsonNodeFactory.instance.stringNode(text));
	}

	private static void assertUnrecognized(Sample sample, JsonPointer property, JsonNode value) {
		ObjectNode json = sample.json();
		String id = sample.event().id();
		((ObjectNode) json.at(property.head())).set(property.last().getMatchingProperty(), value);
		assertThat(Sample.decode(json)).isInstanceOfSatisfying(UnrecognizedK2Event.class, (event) -> {
			assertThat(event.id()).isEqualTo(id);
			assertThat(event.kind()).isEqualTo(sample.kind());
			assertThat(event.payload()).isEqualTo(json.toString());
			assertThat(event.reason()).matches("'\\w+' is not an? [\\w ]+")
				.satisfiesAnyOf((reason) -> assertThat(reason).contains(property.last().getMatchingProperty()),
						(reason) -> assertThat(reason).contains(property.head().last().getMatchingProperty()));
		});
	}

	private static Stream<Arguments> scalars() {
		return properties(JsonNode::isValueNode);
	}

	private static Stream<Arguments> containers() {
		return properties((value) -> value.isContainer() && (value.isObject() || value.path(0).isObject()));
	}

	private static Stream<Arguments> properties(Predicate<JsonNode> filter) {
		return Stream.of(Sample.values()).flatMap((sample) -> {
			List<JsonPointer> properties = new ArrayList<>();
			collect(sample.json(), JsonPointer.empty(), properties);
			return properties.stream()
				.filter((property) -> filter.test(sample.json().at(property)))
				.filter((property) -> !identifies(sample, property))
				.map((property) -> Arguments.of(sample, property));
		});
	}

	private static boolean identifies(Sample sample, JsonPointer property) {
		return !sample.minimal().at(property).isMissingNode();
	}

	private static void collect(JsonNode json, JsonPointer at, List<JsonPointer> properties) {
		json.forEachEntry((name, value) -> {
			JsonPointer property = at.appendProperty(name);
			properties.add(property);
			collect(value, property, properties);
		});
		for (int i = 0; json.isArray() && i < json.size(); i++) {
			collect(json.get(i), at.appendIndex(i), properties);
		}
	}

}
