package io.github.k2connect.event;

import java.lang.reflect.RecordComponent;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.json.JsonWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the variants in which Kopo Kopo sends the same event.
 */
class EventVariantsTests {

	private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

	private static final Set<String> IDENTITY = Set.of("body", "id", "account", "topic", "type");

	@ParameterizedTest
	@EnumSource
	void requiresOnlyId(Sample sample) throws ReflectiveOperationException {
		K2Event event = Sample.decode(sample.minimal());
		assertThat(event.id()).isEqualTo("id-1");
		assertThat(event.account()).isEqualTo("default");
		assertNothingButIdentity(event);
	}

	private static void assertNothingButIdentity(Object record) throws ReflectiveOperationException {
		for (RecordComponent component : record.getClass().getRecordComponents()) {
			Object value = component.getAccessor().invoke(record);
			if (component.getName().equals("envelope")) {
				assertNothingButIdentity(value);
			}
			else if (!IDENTITY.contains(component.getName())) {
				assertThat(value).as(component.getName()).isIn(null, List.of(), Map.of());
			}
		}
	}

	@ParameterizedTest
	@EnumSource
	void treatsNullAsMissing(Sample sample) {
		ObjectNode json = sample.minimal();
		ObjectNode identified = sample.isResult() ? (ObjectNode) json.get("data") : json;
		ObjectNode full = sample.isResult() ? (ObjectNode) sample.json().get("data") : sample.json();
		full.propertyNames().stream().filter((name) -> !identified.has(name)).forEach(identified::putNull);
		assertThat(Sample.decode(json)).isEqualTo(Sample.decode(sample.minimal()));
	}

	@ParameterizedTest
	@EnumSource
	void acceptsNullForEveryProperty(Sample sample) {
		JsonNode json = withEveryText(sample.json(), (text) -> NODES.nullNode());
		assertThat(Sample.decode(identifiedAs(sample, json))).isExactlyInstanceOf(sample.type());
	}

	@ParameterizedTest
	@EnumSource
	void acceptsEmptyTextForEveryProperty(Sample sample) {
		JsonNode json = withEveryText(sample.json(), (text) -> NODES.stringNode(""));
		assertThat(Sample.decode(identifiedAs(sample, json))).isExactlyInstanceOf(sample.type());
	}

	@ParameterizedTest
	@EnumSource
	void treatsNumbersAndStringsAlike(Sample sample) {
		JsonNode numbers = withEveryText(sample.json(), EventVariantsTests::asNumber);
		JsonNode strings = withEveryScalar(sample.json(), (scalar) -> NODES.stringNode(scalar.asString()));
		assertThat(Sample.decode(numbers)).isEqualTo(sample.event()).hasToString(sample.event().toString());
		assertThat(Sample.decode(strings)).isEqualTo(sample.event()).hasToString(sample.event().toString());
	}

	@ParameterizedTest
	@EnumSource
	void ignoresUnknownProperties(Sample sample) {
		assertThat(Sample.decode(withAdditions(sample.json()))).isEqualTo(sample.event());
	}

	@ParameterizedTest
	@EnumSource
	void readsPrettyPrintedCompactAndEscapedBody(Sample sample) {
		JsonMapper compact = JsonMapper.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
		assertThat(Sample.decode(compact.writeValueAsBytes(sample.json()))).isEqualTo(sample.event());
		String body = sample.json().toPrettyString().replace("/", "\\/").replace("i", "\\u0069");
		assertThat(Sample.decode(body)).isEqualTo(sample.event());
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-02T09:15:29+03:00", "2026-03-02T09:15:29.123+03:00", "2026-03-02T06:15:29Z",
			"2026-03-02T06:15:29.500Z" })
	void keepsOffsetAndFractionOfTime(String time) {
		ObjectNode json = Sample.BUYGOODS_TRANSACTION_RECEIVED.json();
		((ObjectNode) json.at("/event/resource")).put("origination_time", time);
		assertThat(Sample.decode(json.put("created_at", time)))
			.isInstanceOfSatisfying(BuygoodsTransactionReceived.class, (event) -> {
				assertThat(event.createdAt()).hasToString(time);
				assertThat(event.originationTime()).hasToString(time);
			});
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"100.0\"", "100.0", "\"233\"", "20000", "115.0", "0.10", "\" 5 \"",
			"123456789012345678901234567890.123456789" })
	void keepsAllDigitsOfAmount(String amount) {
		assertThat(Sample.decode("""
				{"topic": "m2m_transaction_received", "id": "wh-1", "event": {"resource": {"amount": %s}}}
				""".formatted(amount))).isInstanceOfSatisfying(MerchantToMerchantTransactionReceived.class,
				(event) -> assertThat(event.amount()).isEqualTo(new BigDecimal(amount.replaceAll("[\" ]", ""))));
	}

	@Test
	void distinguishesEmptyFromMissingNames() {
		assertThat(Sample.decode("""
				{"topic": "customer_created", "id": "wh-1",
				 "event": {"resource": {"id": "c-1", "first_name": "", "middle_name": null, "last_name": "Kamau"}}}
				""")).isInstanceOfSatisfying(CustomerCreated.class, (event) -> {
			assertThat(event.resourceId()).isEqualTo("c-1");
			assertThat(event.firstName()).isEmpty();
			assertThat(event.middleName()).isNull();
			assertThat(event.lastName()).isEqualTo("Kamau");
			assertThat(event.phoneNumber()).isNull();
		});
	}

	@Test
	void acceptsNumberAsId() {
		assertThat(Sample.decode("{\"data\": {\"id\": 771, \"type\": \"payment\"}}").id()).isEqualTo("771");
		assertThat(Sample.decode("{\"TransID\": 771}").id()).isEqualTo("771");
	}

	private static ObjectNode identifiedAs(Sample sample, JsonNode json) {
		ObjectNode identified = (ObjectNode) (sample.isResult() ? json.get("data") : json);
		ObjectNode minimal = sample.minimal();
		identified.setAll(sample.isResult() ? (ObjectNode) minimal.get("data") : minimal);
		return (ObjectNode) json;
	}

	private static JsonNode asNumber(StringNode text) {
		String value = text.stringValue();
		boolean number = value.matches("[1-9][0-9]*(\\.[0-9]+)?");
		return number ? NODES.numberNode(new BigDecimal(value)) : text;
	}

	private static JsonNode withEveryText(JsonNode json, Function<StringNode, JsonNode> change) {
		return withEveryScalar(json, (scalar) -> (scalar instanceof StringNode text) ? change.apply(text) : scalar);
	}

	private static JsonNode withEveryScalar(JsonNode json, Function<JsonNode, JsonNode> change) {
		if (json instanceof ObjectNode object) {
			List.copyOf(object.properties())
				.forEach((property) -> object.set(property.getKey(), withEveryScalar(property.getValue(), change)));
			return object;
		}
		if (json instanceof ArrayNode array) {
			List<JsonNode> elements = new ArrayList<>();
			array.forEach((element) -> elements.add(withEveryScalar(element, change)));
			return array.removeAll().addAll(elements);
		}
		return json.isNull() ? json : change.apply(json);
	}

	private static JsonNode withAdditions(JsonNode json) {
		json.forEach(EventVariantsTests::withAdditions);
		if (json instanceof ObjectNode object && !object.has("cashier")) {
			object.put("x_text", "new").put("x_number", 1e300).putObject("x_object").putArray("x_list").add(true);
		}
		return json;
	}

}
