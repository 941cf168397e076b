package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the first steps, whose output is that of the compiled sources.
 */
class GettingStartedTests {

	private static final Path PAGE = Documentation.ROOT.resolve("docs/getting-started.md");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern OUTPUT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

	private static final Pattern EXPECTED = Pattern.compile("assertThat\\(output\\)\\.contains\\(\"(.*)\"\\)");

	private static final Pattern FILE = Pattern.compile("`src/(?:main|test)/java/(com/.*\\.java)`");

	private static List<String> groups(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	@Test
	void showsOutputThatTestExpects() {
		String test = Documentation.read(TESTS.resolve("com/example/shop/FirstPaymentTests.java"));
		Stream<String> lines = groups(OUTPUT, Documentation.read(PAGE)).stream()
			.flatMap((block) -> Arrays.stream(block.split("\n")));
		assertThat(lines).isNotEmpty().containsExactlyElementsOf(groups(EXPECTED, test));
	}

	@Test
	void showsWholeFiles() {
		String page = Documentation.read(PAGE);
		assertThat(groups(FILE, page)).isNotEmpty()
			.allSatisfy((file) -> assertThat(page)
				.contains("```java\n" + Documentation.read(TESTS.resolve(file)).strip() + "\n```"));
	}

}
