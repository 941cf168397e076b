package io.github.k2connect.json;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;

import io.github.k2connect.json.JsonObject.UnreadableJsonException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class JsonObjectTests {

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"v\": null}" })
	void readsAbsentAndNullPropertiesAsNullOrEmpty(String json) {
		JsonObject object = parse(json);
		assertThat(object.has("v")).isFalse();
		assertThat(object.text("v")).isNull();
		assertThat(object.amount("v")).isNull();
		assertThat(object.time("v")).isNull();
		assertThat(object.instant("v")).isNull();
		assertThat(object.seconds("v")).isNull();
		assertThat(object.flag("v")).isNull();
		assertThat(object.uri("v")).isNull();
		assertThat(object.objectOrNull("v")).isNull();
		assertThat(object.object("v").has("anything")).isFalse();
		assertThat(object.objects("v")).isEmpty();
		assertThat(object.texts("v")).isEmpty();
		assertThat(object.textMap("v")).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "\\t" })
	void readsBlankStringAsTextOnly(String blank) {
		JsonObject object = parse("{\"v\": \"" + blank + "\"}");
		assertThat(object.has("v")).isTrue();
		assertThat(object.text("v")).isBlank();
		assertThat(object.amount("v")).isNull();
		assertThat(object.time("v")).isNull();
		assertThat(object.instant("v")).isNull();
		assertThat(object.seconds("v")).isNull();
		assertThat(object.flag("v")).isNull();
		assertThat(object.uri("v")).isNull();
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"text"                  | text
			" kept "                | ` kept `
			0                       | 0
			-1                      | -1
			1.50                    | 1.50
			1E+3                    | 1000
			12345678901234567890123 | 12345678901234567890123
			true                    | true
			false                   | false
			"\\u00e9\\/"            | é/
			""")
	void readsStringNumberAndBooleanAsText(String json, String text) {
		assertThat(value(json).text("v")).isEqualTo(text);
	}

	@ParameterizedTest
	@CsvSource(quoteCharacter = '`', textBlock = """
			"Mobile Wallet",   mobile wallet
			"mobile_wallet",   mobile wallet
			" BANK ACCOUNT ",  bank account
			"Till",            till
			null,              ``
			""")
	void readsKindInAnyNotation(String json, String kind) {
		assertThat(value(json).kind("v")).isEqualTo(kind);
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
			"100.0"                | 100.0
			"233"                  | 233
			20000                  | 20000
			115.0                  | 115.0
			0.1                    | 0.1
			" 7.25 "               | 7.25
			-3                     | -3
			9007199254740993.00001 | 9007199254740993.00001
			""")
	void keepsAllDigitsOfAmount(String json, BigDecimal amount) {
		assertThat(value(json).amount("v")).isEqualTo(amount);
	}

	@ParameterizedTest
	@ValueSource(strings = { "2026-03-02T09:15:29+03:00", "2026-03-02T06:15:29Z", "2026-03-02T09:15:29.250+03:00",
			"2026-03-02T01:15:29-05:00" })
	void keepsOffsetOfTime(String time) {
		assertThat(value("\"" + time + "\"").time("v")).hasToString(time);
	}

	@ParameterizedTest
	@ValueSource(strings = { "\"2026-03-02T09:15:29+03:00\"", "\"2026-03-02T06:15:29Z\"", "1772432129",
			"\"1772432129\"", "1772432129.0" })
	void readsInstantFromIsoTimeOrSeconds(String json) {
		assertThat(value(json).instant("v")).isEqualTo(Instant.parse("2026-03-02T06:15:29Z"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "3600", "\"3600\"", "3600.0" })
	void readsDurationInSeconds(String json) {
		assertThat(value(json).seconds("v")).isEqualTo(Duration.ofHours(1));
	}

	@Test
	void readsFlagFromBooleanOrString() {
		assertThat(value("true").flag("v")).isTrue();
		assertThat(value("false").flag("v")).isFalse();
		assertThat(value("\"true\"").flag("v")).isTrue();
		assertThat(value("\" false \"").flag("v")).isFalse();
	}

	@Test
	void readsRelativeUrl() {
		assertThat(value("\" https://duka.example/k2 \"").uri("v")).isEqualTo(URI.create("https://duka.example/k2"));
		assertThat(value("\"/pay/abc\"").uri("v")).isEqualTo(URI.create("/pay/abc"));
	}

	@Test
	void prefixesTextsOfObjectWithPropertyName() {
		assertThat(value("{\"phone_number\": [\"is invalid\", null], \"amount\": \"is missing\", \"none\": null}")
			.texts("v")).containsExactly("phone_number is invalid", "amount is missing");
		assertThat(value("[[7], {\"a\": {\"b\": true}}, {}, []]").texts("v")).containsExactly("7", "a b true");
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e2147483648", "1e2147483647", "1e-2147483647", "1e99999999999", "-1e2147483648",
			"1.5e2147483649", "1e9999999999999999999999" })
	void rejectsHugeNumber(String number) {
		for (String json : List.of(number, "\"" + number + "\"")) {
			assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(json).amount("v"))
				.satisfies((ex) -> assertThat(ex.getMessage()).doesNotContain("214748", "99999"));
			assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(json).seconds("v"));
			assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(json).instant("v"));
		}
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(number).text("v"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e18", "9223372036854775807", "-9223372036854775808", "3155760001" })
	void rejectsHugeDuration(String number) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(number).seconds("v"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1e18", "9223372036854775807", "-9223372036854775808", "31556889864403199",
			"\"+999999999-12-31T23:59:59Z\"", "\"-999999999-01-01T00:00:00Z\"" })
	void rejectsFarInstant(String json) {
		assertThatExceptionOfType(UnreadableJsonException.class).isThrownBy(() -> value(json).instant("v"));
	}

	@Test
	void readsTextsFromListOrSingleText() {
		assertThat(value("[\"a\", 1, null, true]").texts("v")).containsExactly("a", "1", "true");
		assertThat(value("\"a\"").texts("v")).containsExactly("a");
		assertThat(value("[]").texts("v")).isEmpty();
	}

	@Test
	void readsTextMapInOrderWithoutNulls() {
		assertThat(value("{\"z\": 1, \"y\": null, \"x\": \"\", \"a\": false}").textMap("v"))
			.containsExactly(Map.entry("z", "1"), Map.entry("x", ""), Map.entry("a", "false"));
		assertThat(value("{\"z\": \"1\", \"a\": \"\"}").textMap("v")).containsExactly(Map.entry("z", "1"),
				Map.entry("a", ""));
	}

	@Test
	void readsObjectsInOrder() {
		assertThat(value("[{\"id\": 1}, {\"id\": 2}]").objects("v")).extracting((object) -> object.text("id"))
			.containsExactly("1", "2");
		assertThat(value("{\"id\": 1}").object("v").text("id")).isEqualTo("1");
	}

	@Test
	void namesUnreadablePropertyWithoutItsValue() {
		assertUnreadable("{}", JsonObject::text, "a text");
		assertUnreadable("[]", JsonObject::text, "a text");
		assertUnreadable("1E+999999999", JsonObject::text, "a text");
		assertUnreadable("\"KES 7\"", JsonObject::amount, "an amount");
		assertUnreadable("\"NaN\"", JsonObject::amount, "an amount");
		assertUnreadable("\"٥٠\"", JsonObject::amount, "an amount");
		assertUnreadable("\"5०.00\"", JsonObject::amount, "an amount");
		assertUnreadable("\"１００\"", JsonObject::amount, "an amount");
		assertUnreadable("\"1E+999999999\"", JsonObject::amount, "an amount");
		assertUnreadable("\"" + "7".repeat(1001) + "\"", JsonObject::amount, "an amount");
		assertUnreadable("\"7 March\"", JsonObject::time, "a time with offset");
		assertUnreadable("\"2026-03-02T09:15:29\"", JsonObject::time, "a time with offset");
		assertUnreadable("\"7 March\"", JsonObject::instant, "a point in time");
		assertUnreadable("7.5", JsonObject::instant, "a point in time");
		assertUnreadable("\"2026-03-02\"", JsonObject::instant, "a point in time");
		assertUnreadable("\"9999999999999999999\"", JsonObject::instant, "a point in time");
		assertUnreadable("7.5", JsonObject::seconds, "a number of seconds");
		assertUnreadable("\"٥٠\"", JsonObject::seconds, "a number of seconds");
		assertUnreadable("\"١٧٦٤١٥١٢٠٠\"", JsonObject::instant, "a point in time");
		assertUnreadable("\"soon\"", JsonObject::seconds, "a number of seconds");
		assertUnreadable("\"7\"", JsonObject::flag, "a boolean");
		assertUnreadable("\"http://[7\"", JsonObject::uri, "a URL");
		assertUnreadable("\"7 7\"", JsonObject::uri, "a URL");
		assertUnreadable("[7]", JsonObject::objectOrNull, "an object");
		assertUnreadable("\"7\"", JsonObject::object, "an object");
		assertUnreadable("{\"7\": 7}", JsonObject::objects, "a list");
		assertUnreadable("[7]", JsonObject::objects, "an object");
		assertUnreadable("[null]", JsonObject::objects, "an object");
		assertUnreadable("{\"7\": {\"7\": 7}}", JsonObject::textMap, "a text");
		assertUnreadable("[7]", JsonObject::textMap, "an object");
	}

	private static void assertUnreadable(String json, BiFunction<JsonObject, String, @Nullable Object> read,
			String expected) {
		assertThatExceptionOfType(UnreadableJsonException.class).as(json)
			.isThrownBy(() -> read.apply(value(json), "v"))
			.withMessage("'v' is not " + expected);
	}

	private static JsonObject value(String json) {
		return parse("{\"v\": " + json + "}");
	}

	private static JsonObject parse(String json) {
		return JsonObject.parse(json.getBytes(StandardCharsets.UTF_8));
	}

}
