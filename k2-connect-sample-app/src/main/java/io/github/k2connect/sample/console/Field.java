package io.github.k2connect.sample.console;

import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A field of the form of a call.
 *
 * @param name the name of the request's property
 * @param required whether a value is required
 * @param choices the possible values, or empty
 * @param example the value in the example, or empty
 */
record Field(String name, boolean required, List<String> choices, String example) {

	/**
	 * Create the field of a property.
	 * @param component the property
	 * @param required whether a value is required
	 * @return the field, without an example
	 */
	static Field of(RecordComponent component, boolean required) {
		return new Field(component.getName(), required, choices(component.getType()), "");
	}

	private static List<String> choices(Class<?> type) {
		if (type.isEnum()) {
			return Arrays.stream(type.getEnumConstants()).map(Object::toString).toList();
		}
		return (type == Boolean.class) ? List.of("true", "false") : List.of();
	}

	/**
	 * Set the value in the example.
	 * @param value the value
	 * @return the changed field
	 */
	Field withExample(String value) {
		return new Field(this.name, this.required, this.choices, value);
	}

	/**
	 * Return the name in words.
	 * @return the label
	 */
	public String label() {
		String words = this.name.replaceAll("([A-Z])", " $1").toLowerCase(Locale.ROOT);
		return Character.toUpperCase(words.charAt(0)) + words.substring(1);
	}

	/**
	 * Return how the field is written, if that is not obvious.
	 * @return the hint, or {@code null}
	 */
	public @Nullable String hint() {
		return switch (this.name) {
			case "callbackUrl", "url" -> "Empty for the configured callback URL.";
			case "metadata" -> "Keys and values, such as order_id=42, source=web.";
			case "tags" -> "Separated by commas.";
			case "fromTime", "toTime" -> "With an offset, such as 2026-03-02T10:15:00+03:00.";
			default -> null;
		};
	}

}
