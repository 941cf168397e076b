package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.CodeBlock;
import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the blocks of code in the documentation, which are parts of compiled sources.
 */
class ReadmeTests {

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

	static Stream<CodeBlock> blocks() {
		return Stream.of("java", "kotlin", "javascript").flatMap((language) -> CodeBlock.in(language).stream());
	}

	private static Stream<MatchResult> results(Pattern pattern, Path page) {
		return pattern.matcher(Documentation.read(page)).results().toList().stream();
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void compilesEveryBlock(CodeBlock block) {
		String code = normalize(block.text());
		assertThat(SOURCES.stream().anyMatch((source) -> source.contains(code))).as(block.text()).isTrue();
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
