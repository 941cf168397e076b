package io.github.k2connect.test;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Fields of a form or of a query. Of fields with the same name, the first counts.
 *
 * @param values the values by name
 */
record FormFields(Map<String, String> values) {

	/**
	 * Read fields that are encoded as in a form.
	 */
	static FormFields parse(String encoded) {
		Map<String, String> values = new LinkedHashMap<>();
		for (String field : encoded.split("&", -1)) {
			int equals = field.indexOf('=');
			if (equals > 0) {
				values.putIfAbsent(decode(field.substring(0, equals)), decode(field.substring(equals + 1)));
			}
		}
		return new FormFields(values);
	}

	/**
	 * Read the fields in the query of a URL.
	 */
	static FormFields ofQuery(String url) {
		return parse(url.substring(url.indexOf('?') + 1));
	}

	/**
	 * Return the value of a field.
	 * @return the value, empty when the field is missing
	 */
	String get(String name) {
		return this.values.getOrDefault(name, "");
	}

	boolean has(String name) {
		return this.values.containsKey(name);
	}

	/**
	 * Return the fields whose names begin with a prefix, without it.
	 */
	Map<String, String> startingWith(String prefix) {
		return this.values.entrySet()
			.stream()
			.filter((field) -> field.getKey().startsWith(prefix))
			.collect(Collectors.toMap((field) -> field.getKey().substring(prefix.length()), Map.Entry::getValue));
	}

	/**
	 * Return the amount in a field.
	 * @throws IllegalArgumentException when it is not a number, or is negative
	 */
	BigDecimal amount(String name) {
		String value = get(name).strip();
		if (!value.matches("[0-9]{1,9}(\\.[0-9]{1,2})?")) {
			throw new IllegalArgumentException("'" + value + "' is not an amount");
		}
		return new BigDecimal(value);
	}

	/**
	 * Return the whole number in a field.
	 * @throws IllegalArgumentException when it is not a whole number, or is negative
	 */
	int number(String name) {
		String value = get(name).strip();
		if (!value.matches("[0-9]{1,6}")) {
			throw new IllegalArgumentException("'" + value + "' is not a whole number");
		}
		return Integer.parseInt(value);
	}

	private static String decode(String encoded) {
		try {
			return URLDecoder.decode(encoded.strip(), StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return encoded;
		}
	}

}
