package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * JSON of a message whose properties can be changed. Immutable.
 *
 * @param text the JSON
 * @param root the pointer to the object whose properties are named
 * @param template the message with all properties that it may have, empty when it may
 * have any
 */
record MessageJson(String text, String root, Optional<ObjectNode> template) {

	private static final String METADATA = "metadata";

	private static final String PAYER = "sender_phone_number";

	private static final String HASHED_PAYER = "hashed_sender_phone";

	/**
	 * Create a message that has no other properties than now.
	 */
	static MessageJson of(ObjectNode json, String root) {
		return new MessageJson(json.toString(), root, Optional.of(json.deepCopy()));
	}

	/**
	 * Create a message from a text that need not be JSON.
	 */
	static MessageJson custom(String text) {
		return new MessageJson(text, "", Optional.empty());
	}

	/**
	 * Set a property that the message may have. The hash of a payer's number follows the
	 * number.
	 * @throws IllegalArgumentException when the message may not have it
	 */
	MessageJson with(String property, @Nullable Object value) {
		JsonPointer pointer = pointer(property);
		requireKnown(property, pointer);
		MessageJson changed = set(pointer.toString(), value);
		return (value instanceof String number && PAYER.equals(pointer.last().getMatchingProperty()))
				? changed.withHash(pointer.head(), number) : changed;
	}

	private MessageJson withHash(JsonPointer parent, String number) {
		JsonPointer hash = parent.appendProperty(HASHED_PAYER);
		return (PhoneNumbers.digits(number).isPresent() && object().at(parent).has(HASHED_PAYER))
				? set(hash.toString(), Identifiers.hashedPhoneNumber(number)) : this;
	}

	private void requireKnown(String property, JsonPointer pointer) {
		if (this.template.isEmpty() || property.startsWith(METADATA + ".") || hasProperty(object(), pointer)
				|| hasProperty(this.template.get(), pointer)) {
			return;
		}
		throw new IllegalArgumentException("A " + Messages.name(this.text) + " has no '" + property + "', but "
				+ names(this.template.get().at(pointer.head())));
	}

	private static boolean hasProperty(ObjectNode json, JsonPointer pointer) {
		return !json.at(pointer).isMissingNode();
	}

	private Collection<String> names(JsonNode parent) {
		return parent.isObject() ? parent.propertyNames()
				: this.template.map((json) -> json.at(this.root).propertyNames()).orElse(List.of());
	}

	/**
	 * Remove a property, if it is there.
	 */
	MessageJson without(String property) {
		ObjectNode json = object();
		JsonPointer pointer = pointer(property);
		if (json.at(pointer.head()) instanceof ObjectNode parent) {
			parent.remove(pointer.last().getMatchingProperty());
		}
		return with(json);
	}

	/**
	 * Set any part of the message.
	 */
	MessageJson set(String path, @Nullable Object value) {
		ObjectNode json = object();
		JsonPointer pointer = JsonPointer.compile(path);
		JsonNode node = Json.MAPPER.valueToTree(value);
		if (json.at(pointer.head()) instanceof ArrayNode parent) {
			parent.set(pointer.last().getMatchingIndex(), node);
		}
		else {
			json.withObject(pointer.head(), JsonNode.OverwriteMode.ALL, true)
				.set(pointer.last().getMatchingProperty(), node);
		}
		return with(json);
	}

	/**
	 * Return the message with other JSON, and the same properties that it may have.
	 */
	MessageJson with(ObjectNode json) {
		return new MessageJson(json.toString(), this.root, this.template);
	}

	/**
	 * Return the object whose properties are named.
	 */
	JsonNode rootObject() {
		return object().at(this.root);
	}

	byte[] bytes() {
		return this.text.getBytes(StandardCharsets.UTF_8);
	}

	Optional<ObjectNode> read() {
		return Json.parseObject(bytes());
	}

	/**
	 * Return the message.
	 * @throws IllegalStateException when it is not a JSON object
	 */
	ObjectNode object() {
		return read().orElseThrow(() -> new IllegalStateException("The body of this webhook is not a JSON object"));
	}

	private JsonPointer pointer(String property) {
		return JsonPointer.compile(this.root + "/" + property.replace('.', '/'));
	}

}
