package io.github.k2connect.sample.console;

import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

import org.springframework.util.ReflectionUtils;

/**
 * A value in an event or a result, with its path, for example
 * {@code transaction.reference}.
 *
 * @param path the path
 * @param value the value as text
 */
record Detail(String path, String value) {

	/**
	 * Return the values of a record and of the records in it. Absent values are left out.
	 * @param object the record
	 * @return the values
	 */
	static List<Detail> of(Object object) {
		List<Detail> details = new ArrayList<>();
		add("", object, details);
		return details;
	}

	private static void add(String path, @Nullable Object value, List<Detail> details) {
		if (value instanceof Record) {
			for (RecordComponent component : value.getClass().getRecordComponents()) {
				add(join(path, component.getName()), read(component, value), details);
			}
		}
		else if (value instanceof Map<?, ?> map) {
			map.forEach((key, entry) -> add(join(path, String.valueOf(key)), entry, details));
		}
		else if (value instanceof Collection<?> collection) {
			int index = 0;
			for (Object entry : collection) {
				add(path + "[" + index++ + "]", entry, details);
			}
		}
		else if (value != null) {
			details.add(new Detail(path, value.toString()));
		}
	}

	private static @Nullable Object read(RecordComponent component, Object record) {
		ReflectionUtils.makeAccessible(component.getAccessor());
		return ReflectionUtils.invokeMethod(component.getAccessor(), record);
	}

	private static String join(String path, String name) {
		return path.isEmpty() ? name : path + "." + name;
	}

}
