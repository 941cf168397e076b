package io.github.k2connect.json;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

import io.github.k2connect.Sha256;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.ObjectWriter;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A JSON object from Kopo Kopo. Reading is tolerant: a number may be sent where a string
 * is documented, or the reverse, and properties may be absent or null.
 * <p>
 * A property that is absent or null is read as {@code null}. A property with an
 * unexpected value leads to an {@link UnreadableJsonException}.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public sealed class JsonObject {

	private static final int MAX_NESTING_DEPTH = 100;

	/**
	 * Interned property names save 7 % of decoding a webhook. They are few, because only
	 * messages with a valid signature are read.
	 */
	private static final JsonMapper MAPPER = JsonMapper
		.builder(JsonFactory.builder()
			.enable(TokenStreamFactory.Feature.INTERN_PROPERTY_NAMES)
			.streamReadConstraints(StreamReadConstraints.builder()
				.maxNestingDepth(MAX_NESTING_DEPTH)
				.maxNumberLength(JsonText.MAX_DIGITS)
				.build())
			.build())
		.enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
		.enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
		.build();

	private static final ObjectReader READER = MAPPER.readerFor(Map.class);

	private static final ObjectWriter CANONICAL = MAPPER.writer().with(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

	private static final JsonObject EMPTY = new JsonObject(Map.of());

	private final Map<?, ?> properties;

	private JsonObject(Map<?, ?> properties) {
		this.properties = properties;
	}

	/**
	 * Return an object without properties.
	 * @return the object
	 */
	public static JsonObject empty() {
		return EMPTY;
	}

	/**
	 * Parse a document.
	 * @param json the bytes of exactly one JSON object, in UTF-8
	 * @return the object
	 * @throws UnreadableJsonException if the bytes are not exactly one JSON object
	 */
	public static JsonObject parse(byte[] json) {
		try {
			Map<?, ?> properties = READER.readValue(json);
			if (properties != null) {
				return new Document(properties, json);
			}
		}
		catch (JacksonException | NumberFormatException ex) {
			// reported below, without the text
		}
		throw new UnreadableJsonException("The body is not exactly one JSON object");
	}

	/**
	 * Parse a document.
	 * @param json the text of exactly one JSON object
	 * @return the object
	 * @throws UnreadableJsonException if the text is not exactly one JSON object
	 */
	public static JsonObject parse(String json) {
		return parse(json.getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Return the bytes from which this object was parsed.
	 * @return the bytes, or {@code null} for an object within another
	 */
	public byte @Nullable [] source() {
		return (this instanceof Document document) ? document.bytes : null;
	}

	/**
	 * Return the resource in a response of Kopo Kopo, which is its property {@code data}.
	 * @param types the accepted types
	 * @return the resource with its id, its type and its attributes
	 * @throws UnreadableJsonException if it has no id, or another type
	 */
	public JsonObject resource(String... types) {
		JsonObject data = object("data");
		data.requiredText("id");
		if (!Arrays.asList(types).contains(data.text("type"))) {
			throw UnreadableJsonException.property("type", String.join(" or ", types));
		}
		return data;
	}

	/**
	 * Return a digest of the content that does not depend on white space or on the order
	 * of properties.
	 * @return the SHA-256 of the content, in hexadecimal digits
	 */
	public String digest() {
		return Sha256.hex(CANONICAL.writeValueAsBytes(this.properties));
	}

	/**
	 * Return whether the property is present and not null.
	 * @param name the property
	 * @return whether it has a value
	 */
	public boolean has(String name) {
		return value(name) != null;
	}

	/**
	 * Return a string, or the text of a number or boolean.
	 * @param name the property
	 * @return its text, or {@code null}
	 */
	public @Nullable String text(String name) {
		Object value = value(name);
		return (value != null) ? textOf(name, value) : null;
	}

	/**
	 * Return a required string, or the text of a required number or boolean.
	 * @param name the property
	 * @return its text
	 * @throws UnreadableJsonException if it is absent, null or blank
	 */
	public String requiredText(String name) {
		String text = textOrNull(name);
		if (text == null) {
			throw UnreadableJsonException.missing(name);
		}
		return text;
	}

	/**
	 * Return the name of a kind, which Kopo Kopo writes in several ways:
	 * {@code Mobile Wallet} or {@code mobile_wallet}.
	 * @param name the property
	 * @return the name in lower case with blanks, empty if it is absent or null
	 */
	public String kind(String name) {
		String text = text(name);
		return (text != null) ? text.strip().replace('_', ' ').toLowerCase(Locale.ROOT) : "";
	}

	/**
	 * Return an amount of money, with every digit that was sent.
	 * @param name the property: a number, or a number in a string
	 * @return the amount, or {@code null}, also for a blank string
	 */
	public @Nullable BigDecimal amount(String name) {
		return read(name, "an amount", JsonText::amount);
	}

	/**
	 * Return a count.
	 * @param name the property, a number
	 * @return the count, zero if it is absent or null
	 */
	public long count(String name) {
		BigDecimal number = amount(name);
		return (number != null) ? number.longValue() : 0;
	}

	/**
	 * Return a time, with the offset kept as sent.
	 * @param name the property, an ISO 8601 date and time with offset
	 * @return the time, or {@code null}, also for a blank string
	 */
	public @Nullable OffsetDateTime time(String name) {
		return read(name, "a time with offset", JsonText::time);
	}

	/**
	 * Return a point in time.
	 * @param name the property: an ISO 8601 date and time with offset, or seconds since
	 * 1970; before the year 10000
	 * @return the point in time, or {@code null}, also for a blank string
	 */
	public @Nullable Instant instant(String name) {
		return read(name, "a point in time", JsonText::instant);
	}

	/**
	 * Return a duration.
	 * @param name the property, in whole seconds, at most a hundred years
	 * @return the duration, or {@code null}
	 */
	public @Nullable Duration seconds(String name) {
		return read(name, "a number of seconds", JsonText::seconds);
	}

	/**
	 * Return a boolean.
	 * @param name the property: a boolean, or one in a string
	 * @return the boolean, or {@code null}, also for a blank string
	 */
	public @Nullable Boolean flag(String name) {
		return read(name, "a boolean", JsonText::flag);
	}

	/**
	 * Return a URL.
	 * @param name the property
	 * @return the URL, or {@code null}, also for a blank string
	 */
	public @Nullable URI uri(String name) {
		return read(name, "a URL", JsonText::uri);
	}

	private <T> @Nullable T read(String name, String expected, Function<String, @Nullable T> reader) {
		String text = textOrNull(name);
		if (text == null) {
			return null;
		}
		try {
			T value = reader.apply(text);
			if (value != null) {
				return value;
			}
		}
		catch (DateTimeException | ArithmeticException | IllegalArgumentException ex) {
			// reported below, without the text
		}
		throw UnreadableJsonException.property(name, expected);
	}

	/**
	 * Return an object within this one.
	 * @param name the property
	 * @return the object, or {@code null}
	 */
	public @Nullable JsonObject objectOrNull(String name) {
		Object value = value(name);
		return (value != null) ? objectOf(name, value) : null;
	}

	/**
	 * Return an object within this one, or an empty object if it is absent or null.
	 * @param name the property
	 * @return the object
	 */
	public JsonObject object(String name) {
		JsonObject object = objectOrNull(name);
		return (object != null) ? object : EMPTY;
	}

	/**
	 * Return a list of objects, empty if it is absent or null.
	 * @param name the property
	 * @return the objects
	 */
	public List<JsonObject> objects(String name) {
		Object value = value(name);
		if (value == null) {
			return List.of();
		}
		if (!(value instanceof List<?> list)) {
			throw UnreadableJsonException.property(name, "a list");
		}
		return list.stream().map((element) -> objectOf(name, element)).toList();
	}

	/**
	 * Return a list of texts. A single text is a list with one element, and nulls are
	 * left out. For an object, each text begins with the name of its property:
	 * <code>{"phone_number": ["is invalid"]}</code> becomes
	 * {@code phone_number is invalid}.
	 * @param name the property: a string, an array, an object, or null
	 * @return the texts, empty if there are none
	 */
	public List<String> texts(String name) {
		List<String> texts = new ArrayList<>();
		addTexts(texts, name, "", value(name));
		return texts;
	}

	private static void addTexts(List<String> texts, String name, String prefix, @Nullable Object value) {
		if (value instanceof List<?> list) {
			list.forEach((element) -> addTexts(texts, name, prefix, element));
		}
		else if (value instanceof Map<?, ?> object) {
			object.forEach((key, element) -> addTexts(texts, name, prefix + key + " ", element));
		}
		else if (value != null) {
			texts.add(prefix + textOf(name, value));
		}
	}

	/**
	 * Return the properties of an object as texts, without nulls.
	 * @param name the property that holds the object
	 * @return the texts in the order sent, empty if there are none
	 */
	public Map<String, String> textMap(String name) {
		Map<String, String> texts = new LinkedHashMap<>();
		object(name).properties.forEach((key, value) -> {
			if (value != null) {
				texts.put((String) key, textOf(name, value));
			}
		});
		return texts;
	}

	/**
	 * Return the values of an object: texts, numbers, booleans, and lists and maps of
	 * these.
	 * @param name the property that holds the object
	 * @return the values by their names, empty if it is absent or null
	 */
	@SuppressWarnings("unchecked") // the names of properties are texts
	public Map<String, Object> values(String name) {
		return (Map<String, Object>) object(name).properties;
	}

	private @Nullable Object value(String name) {
		return this.properties.get(name);
	}

	private @Nullable String textOrNull(String name) {
		String text = text(name);
		return (text != null && !text.isBlank()) ? text : null;
	}

	private static String textOf(String name, Object value) {
		String text = JsonText.of(value);
		if (text == null) {
			throw UnreadableJsonException.property(name, "a text");
		}
		return text;
	}

	private static JsonObject objectOf(String name, @Nullable Object value) {
		if (!(value instanceof Map<?, ?> properties)) {
			throw UnreadableJsonException.property(name, "an object");
		}
		return new JsonObject(properties);
	}

	/**
	 * An object that was parsed, which alone knows its bytes: a message has many objects.
	 */
	private static final class Document extends JsonObject {

		private final byte[] bytes;

		Document(Map<?, ?> properties, byte[] bytes) {
			super(properties);
			this.bytes = bytes;
		}

	}

	/**
	 * Thrown when a body is not JSON, or when a property has an unexpected value. The
	 * message contains the name of the property, never its value.
	 */
	public static final class UnreadableJsonException extends RuntimeException {

		UnreadableJsonException(String message) {
			super(message);
		}

		@Override
		public String getMessage() {
			return String.valueOf(super.getMessage());
		}

		/**
		 * Create the exception for a missing property.
		 * @param name the property
		 * @return the exception to throw
		 */
		public static UnreadableJsonException missing(String name) {
			return new UnreadableJsonException("'" + name + "' is missing");
		}

		/**
		 * Create the exception for a property with an unexpected value.
		 * @param name the property
		 * @param expected the expected value, for example {@code "an amount"}
		 * @return the exception to throw
		 */
		public static UnreadableJsonException property(String name, String expected) {
			return new UnreadableJsonException("'" + name + "' is not " + expected);
		}

	}

}
