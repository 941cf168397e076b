package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the contributors' guide, whose files and classes exist.
 */
class ContributingTests {

	private static final Pattern FILE = Pattern
		.compile("`((?:[a-z]+/)*[A-Z]\\w+)\\.java`|`((?:[a-z]+/)+[A-Z]\\w+)`" + "|`(\\w+Tests)`");

	private static final List<String> SOURCES = Documentation.files("", ".java").map(Path::toString).toList();

	static Stream<String> files() {
		return FILE.matcher(Documentation.read(Documentation.ROOT.resolve(".github/CONTRIBUTING.md")))
			.results()
			.map((match) -> Stream.of(1, 2, 3).map(match::group).filter((group) -> group != null).findFirst())
			.flatMap((name) -> name.stream())
			.distinct();
	}

	@ParameterizedTest
	@MethodSource("files")
	void namesExistingFiles(String name) {
		assertThat(SOURCES).anyMatch((source) -> source.endsWith("/" + name + ".java"));
	}

}
