package io.github.k2connect.event;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Immutable copies of the lists and maps of records. A missing list or map, for example
 * in stored JSON, becomes an empty one.
 */
final class ImmutableCopies {

	private ImmutableCopies() {
	}

	static <E> List<E> of(@Nullable List<E> list) {
		return (list != null) ? List.copyOf(list) : List.of();
	}

	/**
	 * Copy a map in the order of its entries.
	 */
	static Map<String, String> of(@Nullable Map<String, String> map) {
		return (map != null) ? Collections.unmodifiableMap(new LinkedHashMap<>(map)) : Map.of();
	}

}
