package io.github.k2connect.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Every Java block of the README stands in a source that the build compiles.
 */
class ReadmeTests {

	private static final Path ROOT = Path.of("..");

	private static final Pattern BLOCK = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

	private static final List<String> SOURCES = sources();

	private static List<String> sources() {
		try (Stream<Path> files = Files.walk(ROOT)) {
			return files.filter((file) -> file.toString().endsWith(".java"))
				.map(ReadmeTests::read)
				.map(ReadmeTests::normalize)
				.toList();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static String normalize(String code) {
		return code.replaceAll("\\s+", " ").strip();
	}

	static Stream<String> blocks() {
		return BLOCK.matcher(read(ROOT.resolve("README.md"))).results().map((match) -> match.group(1));
	}

	@ParameterizedTest
	@MethodSource("blocks")
	void everyBlockIsCompiled(String block) {
		String code = normalize(block);
		assertThat(SOURCES.stream().anyMatch((source) -> source.contains(code))).as(block).isTrue();
	}

}
