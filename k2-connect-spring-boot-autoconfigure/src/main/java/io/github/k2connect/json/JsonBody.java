package io.github.k2connect.json;

import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import org.apiguardian.api.API;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The JSON body of a request, with the property names of Kopo Kopo's API. Values that are
 * {@code null} or empty are left out.
 *
 * @hidden
 */
@API(status = API.Status.INTERNAL)
public final class JsonBody {

	private static final JsonMapper MAPPER = JsonMapper.builder()
		.enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
		.build();

	private static final JsonNodeFactory NODES = new JsonNodeFactory();

	private final ObjectNode node = NODES.objectNode();

	private boolean hasMetadata;

	/**
	 * Put a text.
	 * @param name the property
	 * @param text its value, or {@code null} to leave it out
	 * @return this body
	 */
	public JsonBody put(String name, @Nullable String text) {
		if (text != null) {
			this.node.put(name, text);
		}
		return this;
	}

	/**
	 * Put a number.
	 * @param name the property
	 * @param number its value, written without exponent, or {@code null} to leave it out
	 * @return this body
	 */
	public JsonBody put(String name, @Nullable BigDecimal number) {
		if (number != null) {
			this.node.set(name, NODES.numberNode(number));
		}
		return this;
	}

	/**
	 * Put a count.
	 * @param name the property
	 * @param count its value
	 * @return this body
	 */
	public JsonBody put(String name, long count) {
		return put(name, BigDecimal.valueOf(count));
	}

	/**
	 * Put the text of an object, for example of a time or a URL.
	 * @param name the property
	 * @param object the object, or {@code null} to leave it out
	 * @return this body
	 */
	public JsonBody putText(String name, @Nullable Object object) {
		return put(name, (object != null) ? object.toString() : null);
	}

	/**
	 * Put a boolean.
	 * @param name the property
	 * @param flag its value, or {@code null} to leave it out
	 * @return this body
	 */
	public JsonBody put(String name, @Nullable Boolean flag) {
		if (flag != null) {
			this.node.put(name, flag);
		}
		return this;
	}

	/**
	 * Put an object.
	 * @param name the property
	 * @param object its value, left out if it is empty
	 * @return this body
	 */
	public JsonBody put(String name, JsonBody object) {
		if (!object.node.isEmpty()) {
			this.node.set(name, object.node);
		}
		return this;
	}

	/**
	 * Put a list of objects.
	 * @param name the property
	 * @param objects its value, left out if it is empty
	 * @return this body
	 */
	public JsonBody putObjects(String name, List<JsonBody> objects) {
		if (!objects.isEmpty()) {
			ArrayNode array = this.node.putArray(name);
			objects.forEach((object) -> array.add(object.node));
		}
		return this;
	}

	/**
	 * Put a list of texts.
	 * @param name the property
	 * @param texts its value, left out if it is empty
	 * @return this body
	 */
	public JsonBody putTexts(String name, List<String> texts) {
		if (!texts.isEmpty()) {
			ArrayNode array = this.node.putArray(name);
			texts.forEach(array::add);
		}
		return this;
	}

	/**
	 * Put an amount with its currency, as {@code amount}.
	 * @param currency the currency
	 * @param value the amount
	 * @return this body
	 */
	public JsonBody amount(String currency, BigDecimal value) {
		return put("amount", new JsonBody().put("currency", currency).put("value", value));
	}

	/**
	 * Put the merchant's own data, as {@code metadata}.
	 * @param metadata the pairs, left out if there are none
	 * @return this body
	 */
	public JsonBody metadata(Map<String, String> metadata) {
		JsonBody object = new JsonBody();
		metadata.forEach(object::put);
		this.hasMetadata = true;
		return put("metadata", object);
	}

	/**
	 * Return the merchant's own data.
	 * @return the pairs of {@code metadata}, empty if there are none
	 */
	public Map<String, String> metadata() {
		Map<String, String> metadata = new LinkedHashMap<>();
		this.node.path("metadata")
			.properties()
			.stream()
			.filter((entry) -> entry.getValue().isValueNode())
			.forEach((entry) -> metadata.put(entry.getKey(), entry.getValue().asString()));
		return metadata;
	}

	/**
	 * Put the URL to which the result is sent, as {@code _links.callback_url}.
	 * @param callbackUrl the URL
	 * @return this body
	 */
	public JsonBody callbackUrl(URI callbackUrl) {
		return put("_links", new JsonBody().put("callback_url", callbackUrl.toString()));
	}

	/**
	 * Put properties that the library does not know, after all others.
	 * @param extra the values by their paths; dots lead into objects
	 * @return this body
	 * @throws InvalidK2RequestException if this body has such a property itself
	 */
	public JsonBody extra(Map<String, Object> extra) {
		List<Violation> violations = new ArrayList<>();
		extra.forEach((path, value) -> {
			String problem = putExtra(path, value);
			if (problem != null) {
				violations.add(new Violation("extra", "extra must not have " + path + ", because " + problem));
			}
		});
		if (!violations.isEmpty()) {
			throw new InvalidK2RequestException(violations);
		}
		return this;
	}

	private @Nullable String putExtra(String path, Object value) {
		String[] names = path.split("\\.", -1);
		if (this.hasMetadata && names[0].equals("metadata")) {
			return "the request has metadata itself";
		}
		ObjectNode object = this.node;
		for (int i = 0; i < names.length - 1; i++) {
			JsonNode inner = object.path(names[i]);
			if (inner.isMissingNode()) {
				inner = object.putObject(names[i]);
			}
			if (!(inner instanceof ObjectNode next)) {
				return "it leads through a value that is no object";
			}
			object = next;
		}
		String name = names[names.length - 1];
		if (object.has(name)) {
			return "the request has it itself";
		}
		object.set(name, nodeOf(value));
		return null;
	}

	/**
	 * Put an object of values, whose names may have dots.
	 * @param name the property
	 * @param values the values by their names, left out if there are none
	 * @return this body
	 */
	public JsonBody putValues(String name, Map<String, Object> values) {
		if (!values.isEmpty()) {
			this.node.set(name, nodeOf(values));
		}
		return this;
	}

	private static JsonNode nodeOf(Object value) {
		if (value instanceof Map<?, ?> map) {
			ObjectNode object = NODES.objectNode();
			map.forEach((name, element) -> object.set((String) name, nodeOf(element)));
			return object;
		}
		if (value instanceof List<?> list) {
			ArrayNode array = NODES.arrayNode();
			list.forEach((element) -> array.add(nodeOf(element)));
			return array;
		}
		if (value instanceof Number) {
			return NODES.numberNode(new BigDecimal(value.toString()));
		}
		return (value instanceof Boolean flag) ? NODES.booleanNode(flag) : NODES.stringNode((String) value);
	}

	/**
	 * Return the JSON as text.
	 * @return the text
	 */
	public String toText() {
		return new String(toBytes(), StandardCharsets.UTF_8);
	}

	/**
	 * Return the JSON as it is sent.
	 * @return the bytes, in UTF-8
	 */
	public byte[] toBytes() {
		return MAPPER.writeValueAsBytes(this.node);
	}

}
