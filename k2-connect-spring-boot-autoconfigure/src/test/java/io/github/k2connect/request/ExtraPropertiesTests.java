package io.github.k2connect.request;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.Violation;
import io.github.k2connect.reversal.ReversalRequest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

/**
 * Tests for {@link RequestBuilder#extra(String, Object)}.
 */
class ExtraPropertiesTests {

	private static final String UNSUPPORTED = "extra must have a text, a number, a boolean, or a list or map of these as ";

	@Test
	void keepsValuesOfEveryType() {
		assertThat(request().extra("text", "")
			.extra("flag", false)
			.extra("whole", Long.MAX_VALUE)
			.extra("exact", new BigDecimal("0.10"))
			.extra("inner.list", List.of("a", 1, true, List.of(), Map.of()))
			.extra("inner.map", Map.of("name.with.dots", 1.5))
			.build()
			.extra()).containsExactly(entry("text", ""), entry("flag", false), entry("whole", Long.MAX_VALUE),
					entry("exact", new BigDecimal("0.10")),
					entry("inner.list", List.of("a", 1, true, List.of(), Map.of())),
					entry("inner.map", Map.of("name.with.dots", 1.5)));
	}

	@Test
	void replacesValueOfSamePath() {
		assertThat(request().extra("a.b", 1).extra("a.b", 2).build().extra()).containsExactly(entry("a.b", 2));
	}

	@Test
	void replacesAllValues() {
		assertThat(request().extra("a", 1).extra(Map.of("b", 2)).build().extra()).containsExactly(entry("b", 2));
		assertThat(request().extra("a", 1).extra(null).build().extra()).isEmpty();
	}

	@Test
	void copiesValuesDeeply() {
		List<Object> list = new ArrayList<>(List.of("a"));
		Map<String, Object> map = new HashMap<>(Map.of("list", list));
		ReversalRequest request = request().extra("map", map).build();
		list.add("b");
		map.put("c", "d");
		assertThat(request.extra()).containsExactly(entry("map", Map.of("list", List.of("a"))));
		assertThatThrownBy(() -> request.extra().put("a", 1)).isInstanceOf(UnsupportedOperationException.class);
		assertThatThrownBy(() -> asMap(request.extra().get("map")).clear())
			.isInstanceOf(UnsupportedOperationException.class);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", " ", ".", "a.", ".a", "a..b", "a. .b" })
	void rejectsPathWithoutNames(String path) {
		assertViolations(request().extra(path, "Baraka"), "extra must have paths of names that are separated by dots");
	}

	@ParameterizedTest
	@NullSource
	@MethodSource
	void rejectsUnsupportedValues(Object value) {
		assertViolations(request().extra("a.b", value), UNSUPPORTED + "a.b");
		assertViolations(request().extra("a.b", Arrays.asList("x", value)), UNSUPPORTED + "a.b");
		assertViolations(request().extra("a.b", Collections.singletonMap("x", value)), UNSUPPORTED + "a.b");
	}

	static Stream<Object> rejectsUnsupportedValues() {
		return Stream.of(Optional.of("a"), Set.of("a"), new int[] { 1 }, 'a', CharBuffer.wrap("a"), Double.NaN,
				Float.NEGATIVE_INFINITY, new BigDecimal("1E+999999999"), new BigDecimal("1E-999999999"),
				BigInteger.TEN.pow(1000));
	}

	@Test
	void rejectsMapThatContainsItself() {
		Map<String, Object> map = new HashMap<>();
		map.put("self", map);
		assertViolations(request().extra("a", map), UNSUPPORTED + "a");
	}

	@Test
	void rejectsMapWithoutNames() {
		for (Object name : new Object[] { 1, "", " " }) {
			assertViolations(request().extra("a", Map.of(name, "Baraka")),
					"extra must have a name for each entry of a");
		}
		assertViolations(request().extra("a", Collections.singletonMap(null, "Baraka")),
				"extra must have a name for each entry of a");
	}

	@Test
	void rejectsPathThroughAnotherValue() {
		assertViolations(request().extra("a.b.c", 1).extra("a", Map.of("d", 2)),
				"extra must not have both a and a.b.c");
		assertThat(request().extra("a.b", 1).extra("a.bc", 2).extra("ab", 3).build().extra()).hasSize(3);
	}

	@Test
	void reportsViolationsWithThoseOfRequest() {
		Map<String, Object> extra = new LinkedHashMap<>();
		extra.put(" ", 1);
		extra.put("a", Optional.of("Baraka"));
		assertViolations(ReversalRequest.builder().transactionReference("SK1").extra(extra), "reason is required",
				"extra must have paths of names that are separated by dots", UNSUPPORTED + "a");
	}

	private static void assertViolations(ReversalRequest.Builder builder, String... messages) {
		assertThatExceptionOfType(InvalidK2RequestException.class).isThrownBy(builder::build).satisfies((ex) -> {
			assertThat(ex.violations()).extracting(Violation::message).containsExactly(messages);
			assertThat(ex.getMessage()).doesNotContain("Baraka");
		});
	}

	private static Map<?, ?> asMap(@Nullable Object value) {
		return (Map<?, ?>) Objects.requireNonNull(value);
	}

	private static ReversalRequest.Builder request() {
		return ReversalRequest.builder().transactionReference("SK1").reason("Wrong till");
	}

}
