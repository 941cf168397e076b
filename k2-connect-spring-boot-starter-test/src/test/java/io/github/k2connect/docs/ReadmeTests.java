package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

/**
 * Tests for the blocks of code in the documentation, which are parts of compiled sources.
 */
class ReadmeTests {

	private static final Pattern BLOCK = Pattern.compile("```(java|kotlin|javascript)\n(.*?)```", Pattern.DOTALL);

	private static final Pattern VERSION = Pattern
		.compile("k2-connect-spring-boot-(?:starter|starter-test|autoconfigure)"
				+ "(?:</artifactId>\\s*<version>|:|-(?=[0-9]))([^<\"]+?)(?:[<\"]|-standalone)");

	private static final List<String> SOURCES = Stream.of(".java", ".kt", ".js")
		.flatMap((ending) -> Documentation.files("", ending))
		.map(Documentation::read)
		.map(ReadmeTests::normalize)
		.toList();

	private static String normalize(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	static Stream<Arguments> blocks() {
		return Documentation.pages().stream().flatMap(ReadmeTests::blocks);
	}

	private static Stream<Arguments> blocks(Path page) {
		return results(BLOCK, page)
			.map((match) -> argumentSet(page.getFileName() + " at " + match.start(), match.group(2)));
	}

	private static Stream<MatchResult> results(Pattern pattern, Path page) {
		return pattern.matcher(Documentation.read(page)).results().toList().stream();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void compilesEveryBlock(String block) {
		String code = normalize(block);
		assertThat(SOURCES.stream().anyMatch((source) -> source.contains(code))).as(block).isTrue();
	}

	@ParameterizedTest
	@ValueSource(strings = { "spring-boot.version", "spring-boot.oldest-version" })
	void supportTablesNameSpringBootOfBuild(String property) {
		String pom = Documentation.read(Documentation.ROOT.resolve("pom.xml"));
		String version = pom.replaceFirst("(?s).*?<" + property + ">(.*?)</.*", "$1");
		assertThat(version).matches("4\\.\\d+\\.\\d+");
		for (String page : List.of("README.md", "docs/compatibility.md")) {
			assertThat(Documentation.read(Documentation.ROOT.resolve(page))).contains(version);
		}
	}

	@Test
	void namesVersionOfBuildInEveryDependency() {
		String pom = Documentation.read(Documentation.ROOT.resolve("pom.xml"));
		String version = pom.replaceFirst("(?s).*?<version>(.*?)</version>.*", "$1");
		assertThat(Documentation.pages().stream().flatMap((page) -> results(VERSION, page))).hasSizeGreaterThan(4)
			.allSatisfy((match) -> assertThat(match.group(1)).isEqualTo(version));
	}

}
