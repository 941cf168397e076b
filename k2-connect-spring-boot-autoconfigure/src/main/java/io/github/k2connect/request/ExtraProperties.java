package io.github.k2connect.request;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.StringUtils;

/**
 * Validator of the properties that a request has besides its own. The path of a property
 * consists of names that are separated by dots.
 */
final class ExtraProperties {

	private static final String NAME = "extra";

	private static final int MAX_DEPTH = 20;

	private static final int MAX_DIGITS = 1000;

	private final RequestValidator violations;

	ExtraProperties(RequestValidator violations) {
		this.violations = violations;
	}

	/**
	 * Check and copy the properties.
	 * @param extra the values by their paths
	 * @return an unmodifiable copy in the same order, without what is not valid
	 */
	Map<String, Object> copy(Map<?, ?> extra) {
		Map<String, Object> copy = new LinkedHashMap<>();
		extra.forEach((key, value) -> {
			if (!(key instanceof String path) || !isPath(path)) {
				this.violations.add(NAME, "must have paths of names that are separated by dots");
			}
			else {
				copyEntry(copy, path, path, value, 0);
				rejectValueAbove(path, extra);
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	private static boolean isPath(String path) {
		for (String name : path.split("\\.", -1)) {
			if (!StringUtils.hasText(name)) {
				return false;
			}
		}
		return true;
	}

	/**
	 * Reject a property that is the object of another one, because only one of them could
	 * be sent.
	 */
	private void rejectValueAbove(String path, Map<?, ?> extra) {
		for (int dot = path.indexOf('.'); dot != -1; dot = path.indexOf('.', dot + 1)) {
			String above = path.substring(0, dot);
			if (extra.containsKey(above)) {
				this.violations.add(NAME, "must not have both " + above + " and " + path);
			}
		}
	}

	private void copyEntry(Map<String, Object> target, String name, String path, @Nullable Object value, int depth) {
		Object copy = copyValue(path, value, depth);
		if (copy != null) {
			target.put(name, copy);
		}
	}

	private @Nullable Object copyValue(String path, @Nullable Object value, int depth) {
		if (depth < MAX_DEPTH && value instanceof Map<?, ?> map) {
			return copyMap(path, map, depth + 1);
		}
		if (depth < MAX_DEPTH && value instanceof List<?> list) {
			return copyList(path, list, depth + 1);
		}
		if (value instanceof String || value instanceof Boolean || isNumber(value)) {
			return value;
		}
		this.violations.add(NAME, "must have a text, a number, a boolean, or a list or map of these as " + path);
		return null;
	}

	private Map<String, Object> copyMap(String path, Map<?, ?> map, int depth) {
		Map<String, Object> copy = new LinkedHashMap<>();
		map.forEach((key, value) -> {
			if (!(key instanceof String name) || !StringUtils.hasText(name)) {
				this.violations.add(NAME, "must have a name for each entry of " + path);
			}
			else {
				copyEntry(copy, name, path, value, depth);
			}
		});
		return Collections.unmodifiableMap(copy);
	}

	private List<Object> copyList(String path, List<?> list, int depth) {
		List<Object> copy = new ArrayList<>();
		for (Object element : list) {
			Object value = copyValue(path, element, depth);
			if (value != null) {
				copy.add(value);
			}
		}
		return Collections.unmodifiableList(copy);
	}

	private static boolean isNumber(@Nullable Object value) {
		if (value instanceof Double number) {
			return Double.isFinite(number);
		}
		if (value instanceof Float number) {
			return Float.isFinite(number);
		}
		if (value instanceof BigDecimal number) {
			return Math.abs((long) number.scale()) <= MAX_DIGITS && number.precision() <= MAX_DIGITS;
		}
		if (value instanceof BigInteger number) {
			return new BigDecimal(number).precision() <= MAX_DIGITS;
		}
		return value instanceof Integer || value instanceof Long || value instanceof Short || value instanceof Byte;
	}

}
