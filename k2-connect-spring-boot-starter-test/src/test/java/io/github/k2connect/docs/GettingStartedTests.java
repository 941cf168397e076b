package io.github.k2connect.docs;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the first steps, whose output is that of the compiled sources.
 */
class GettingStartedTests {

	private static final Path PAGE = Documentation.ROOT.resolve("docs/getting-started.md");

	private static final Path TESTS = Path.of("src/test/java");

	private static final Pattern OUTPUT = Pattern.compile("```text\n(.*?)```", Pattern.DOTALL);

	private static final Pattern EXPECTED = Pattern.compile("assertThat\\(output\\)\\.contains\\(\"(.*)\"\\)");

	private static final Pattern ARTIFACT = Pattern.compile("artifact `(\\w+)`");

	private static final Pattern DEPENDENCY = Pattern
		.compile("<groupId>io.github.k2connect</groupId>\\s*<artifactId>(.*?)</artifactId>");

	private static final Pattern FILE = Pattern.compile("`src/(?:main|test)/java/(com/.*\\.java)`");

	private static List<String> groups(Pattern pattern, String text) {
		return pattern.matcher(text).results().map((match) -> match.group(1)).toList();
	}

	@Test
	void showsOutputThatTestExpects() {
		String test = Documentation.read(TESTS.resolve("com/example/shop/FirstPaymentTests.java"));
		assertThat(outputLines(Documentation.read(PAGE))).isNotEmpty()
			.containsExactlyElementsOf(groups(EXPECTED, test));
	}

	private static Stream<String> outputLines(String text) {
		return groups(OUTPUT, text).stream().flatMap((block) -> Arrays.stream(block.split("\n")));
	}

	@Test
	@Tag("long")
	void leadsFromGeneratedProjectToGreenTests(@TempDir Path folder) throws Exception {
		String page = Documentation.read(PAGE);
		List<String> artifact = groups(ARTIFACT, page);
		GeneratedProject project = new GeneratedProject(folder, artifact.isEmpty() ? "demo" : artifact.get(0));
		List<String> outputs = new ArrayList<>();
		for (String section : page.split("(?m)^(?=## )", -1)) {
			if (project.follow(section)) {
				String output = project.test();
				outputs.add(output);
				assertThat(output).doesNotContainPattern("(?m)^(FAILED|ABORTED) ")
					.contains("SUCCESSFUL contextLoads()");
				assertThat(outputLines(section)).allSatisfy((line) -> assertThat(output).contains(line));
			}
		}
		assertThat(outputs).hasSizeGreaterThan(1);
		assertThat(groups(DEPENDENCY, project.pom())).containsExactly("k2-connect-spring-boot-starter",
				"k2-connect-spring-boot-starter-test");
	}

	@Test
	void showsWholeFiles() {
		String page = Documentation.read(PAGE);
		assertThat(groups(FILE, page)).isNotEmpty()
			.allSatisfy((file) -> assertThat(page)
				.contains("```java\n" + Documentation.read(TESTS.resolve(file)).strip() + "\n```"));
	}

}
