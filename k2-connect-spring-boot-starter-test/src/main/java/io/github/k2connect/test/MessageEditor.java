package io.github.k2connect.test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;

/**
 * Message that the page is to send: its fields, and its JSON.
 *
 * @param sample the message
 * @param fields the values that are shown as fields: all but the links
 * @param json the JSON
 * @param edited whether the JSON was made of fields
 */
record MessageEditor(SampleMessage sample, List<Field> fields, String json, boolean edited) {

	private static final String PREFIX = "field.";

	private static final List<String> CONTENT = List.of("event.resource.", "data.attributes.");

	/**
	 * Create the message that a form names, with the values of its fields.
	 */
	static MessageEditor of(FormFields form) {
		SampleMessage sample = SampleMessage.of(form.get("message"));
		Map<String, String> values = form.startingWith(PREFIX);
		MessageJson message = sample.create();
		for (Field field : fields(message)) {
			String value = values.get(field.path());
			if (value != null && !value.equals(field.value())) {
				message = message.with(field.path(), value(message, field.path(), value));
			}
		}
		return new MessageEditor(sample, fields(message),
				Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(message.object()), !values.isEmpty());
	}

	private static @Nullable Object value(MessageJson message, String path, String value) {
		JsonNode before = message.object().at(JsonPointer.compile("/" + path.replace('.', '/')));
		if (before.isNumber()) {
			return value.matches("-?[0-9]{1,12}(\\.[0-9]{1,4})?") ? new BigDecimal(value) : value;
		}
		if (before.isBoolean()) {
			return Boolean.valueOf(value);
		}
		return (before.isNull() && value.isEmpty()) ? null : value;
	}

	private static List<Field> fields(MessageJson message) {
		List<Field> fields = new ArrayList<>();
		addFields(message.object(), "", fields);
		return fields;
	}

	private static void addFields(JsonNode node, String path, List<Field> fields) {
		if (node.isObject()) {
			node.properties()
				.stream()
				.filter((property) -> !property.getKey().equals("_links") && !property.getKey().contains("."))
				.forEach((property) -> addFields(property.getValue(), path + "." + property.getKey(), fields));
		}
		else if (node.isArray()) {
			for (int i = 0; i < node.size(); i++) {
				addFields(node.get(i), path + "." + i, fields);
			}
		}
		else {
			fields.add(new Field(path.substring(1), node.isNull() ? "" : node.asString()));
		}
	}

	/**
	 * Return the fields of what the message is about: all when it has no envelope.
	 */
	List<Field> content() {
		List<Field> content = this.fields.stream().filter(Field::isContent).toList();
		return content.isEmpty() ? this.fields : content;
	}

	/**
	 * Return the other fields.
	 */
	List<Field> envelope() {
		List<Field> content = content();
		return this.fields.stream().filter((field) -> !content.contains(field)).toList();
	}

	List<Option> samples() {
		return Option.of(SampleMessage.values(), SampleMessage::id, SampleMessage::label, this.sample);
	}

	/**
	 * Value of a message that can be changed.
	 *
	 * @param path the names that lead to it, with dots between them
	 * @param value the value
	 */
	record Field(String path, String value) {

		String name() {
			return PREFIX + this.path;
		}

		/**
		 * Return the path without what the content of a message begins with.
		 */
		String label() {
			return CONTENT.stream()
				.filter(this.path::startsWith)
				.findFirst()
				.map((root) -> this.path.substring(root.length()))
				.orElse(this.path);
		}

		private boolean isContent() {
			return CONTENT.stream().anyMatch(this.path::startsWith);
		}

	}

}
