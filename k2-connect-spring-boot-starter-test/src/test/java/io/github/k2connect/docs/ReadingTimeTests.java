package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for the time that the README names for each page of the way to the first payment.
 */
class ReadingTimeTests {

	private static final double WORDS_PER_MINUTE = 200;

	private static final int MOST_MINUTES = 25;

	private static final Path README = Documentation.ROOT.resolve("README.md");

	private static final Pattern LINK = Pattern.compile("\\((.*\\.md)\\)");

	private static final Pattern TOTAL = Pattern.compile("\\*\\*(\\d+) minutes\\*\\*");

	static Stream<Arguments> pages() {
		return rows().map((row) -> argumentSet(row.get(1), page(row.get(1)), minutes(row)));
	}

	private static Stream<List<String>> rows() {
		return Documentation.table(README, "minutes").stream();
	}

	private static Path page(String cell) {
		return LINK.matcher(cell)
			.results()
			.map((link) -> Documentation.ROOT.resolve(link.group(1)))
			.findFirst()
			.orElse(README);
	}

	private static int minutes(List<String> row) {
		return Integer.parseInt(row.get(0));
	}

	@ParameterizedTest
	@MethodSource("pages")
	void namesTimeOfPage(Path page, int minutes) {
		assertThat(Documentation.words(page) / WORDS_PER_MINUTE).isCloseTo(minutes, within(1.0));
	}

	@Test
	void namesTimeOfWholeWay() {
		int total = rows().mapToInt(ReadingTimeTests::minutes).sum();
		assertThat(TOTAL.matcher(Documentation.read(README)).results().map((match) -> match.group(1)))
			.containsExactly(String.valueOf(total));
		assertThat(total).isLessThanOrEqualTo(MOST_MINUTES);
		assertThat(pages()).hasSize(4);
		assertThat(rows().map((row) -> page(row.get(1))).mapToLong(Documentation::words).sum() / WORDS_PER_MINUTE)
			.isLessThanOrEqualTo(MOST_MINUTES);
	}

}
