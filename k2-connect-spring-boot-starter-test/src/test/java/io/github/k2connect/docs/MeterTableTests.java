package io.github.k2connect.docs;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.github.k2connect.K2Meter;
import io.github.k2connect.K2Meter.Tag;
import io.github.k2connect.K2Meter.Value;
import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The tables of meters name every meter with its tags, outcomes and fixed values, and no
 * other.
 */
class MeterTableTests {

	private static final Pattern CODE = Pattern.compile("`(.*?)`");

	@Test
	void everyMeterIsInTheTableWithItsTags() {
		Map<String, Set<String>> documented = new TreeMap<>();
		table("Prometheus name").forEach((row) -> add(documented, code(row.get(1)), code(row.get(3))));
		Map<String, Set<String>> meters = new TreeMap<>();
		for (K2Meter meter : K2Meter.values()) {
			add(meters, List.of(meter.asString()), meter.tags().stream().map(Tag::asString).toList());
		}
		assertThat(documented).isEqualTo(meters);
	}

	@Test
	void everyOutcomeIsInTheTableWithItsMeters() {
		Map<String, Set<String>> documented = new TreeMap<>();
		table("`k2.outcome`").forEach((row) -> add(documented, code(row.get(1)), code(row.get(0))));
		Map<String, Set<String>> outcomes = new TreeMap<>();
		Arrays.stream(K2Meter.values())
			.filter((meter) -> meter.tags().contains(Tag.OUTCOME))
			.forEach((meter) -> add(outcomes, List.of(meter.asString()), texts(meter.outcomes())));
		assertThat(documented).isEqualTo(outcomes);
	}

	@Test
	void everyFixedValueOfAnotherTagIsInTheTable() {
		Map<String, Set<String>> documented = new TreeMap<>();
		List<String> tag = List.of();
		for (List<String> row : table("tag")) {
			tag = row.get(0).isEmpty() ? tag : code(row.get(0));
			add(documented, tag, code(row.get(1)));
		}
		Map<String, Set<String>> values = new TreeMap<>();
		Arrays.stream(Tag.values())
			.filter((other) -> other != Tag.OUTCOME)
			.forEach((other) -> add(values, List.of(other.asString()), texts(other.fixedValues())));
		assertThat(documented).isEqualTo(values);
	}

	private static List<List<String>> table(String heading) {
		return Documentation.table(Documentation.ROOT.resolve("docs/operations.md"), heading);
	}

	private static List<String> code(String cell) {
		return CODE.matcher(cell).results().map((result) -> result.group(1)).toList();
	}

	private static List<String> texts(Collection<Value> values) {
		return values.stream().map(Value::asString).toList();
	}

	private static void add(Map<String, Set<String>> all, Collection<String> keys, Collection<String> values) {
		keys.forEach((key) -> all.computeIfAbsent(key, (absent) -> new TreeSet<>()).addAll(values));
	}

}
