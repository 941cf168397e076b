package io.github.k2connect.test;

import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Option of a choice on the page.
 *
 * @param id what a form sends
 * @param label what is shown
 * @param selected whether it is chosen
 */
record Option(String id, String label, boolean selected) {

	static <T> List<Option> of(T[] values, Function<T, String> id, Function<T, String> label, T selected) {
		return Arrays.stream(values)
			.map((value) -> new Option(id.apply(value), label.apply(value), value.equals(selected)))
			.toList();
	}

}
