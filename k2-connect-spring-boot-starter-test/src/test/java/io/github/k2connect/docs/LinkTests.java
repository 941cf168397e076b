package io.github.k2connect.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for the links of the documentation, whose files and headings exist.
 */
class LinkTests {

	private static final Pattern LINK = Pattern.compile("\\[[^]]*]\\(([^)\\s]+)\\)");

	private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

	static Stream<Arguments> links() {
		return Documentation.allPages()
			.stream()
			.flatMap((page) -> LINK.matcher(Documentation.prose(page))
				.results()
				.map((link) -> link.group(1))
				.filter((target) -> !target.matches("[a-z]+:.*"))
				.map((target) -> argumentSet(page + ": " + target, page, target)));
	}

	@ParameterizedTest
	@MethodSource("links")
	void everyLinkHasTarget(Path page, String target) {
		String[] parts = target.split("#", 2);
		Path file = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]);
		assertThat(Files.exists(file)).as(file + " exists").isTrue();
		if (parts.length > 1) {
			assertThat(anchors(file)).containsKey(parts[1]);
		}
	}

	@Test
	void readmeLinksEveryPage() {
		String readme = Documentation.read(Documentation.ROOT.resolve("README.md"));
		assertThat(Documentation.files("docs", ".md")).hasSizeGreaterThan(5)
			.allSatisfy((page) -> assertThat(readme).contains("(docs/" + page.getFileName() + ")"));
	}

	/**
	 * The names under which GitHub links the headings of a page.
	 */
	private static Map<String, Integer> anchors(Path page) {
		Map<String, Integer> anchors = new HashMap<>();
		HEADING.matcher(Documentation.prose(page)).results().forEach((heading) -> {
			String name = heading.group(1)
				.strip()
				.toLowerCase(Locale.ROOT)
				.replaceAll("[^\\p{L}\\p{N} _-]", "")
				.replace(' ', '-');
			int count = anchors.merge(name, 1, Integer::sum);
			if (count > 1) {
				anchors.put(name + "-" + (count - 1), 1);
			}
		});
		return anchors;
	}

}
