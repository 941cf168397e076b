package io.github.k2connect.docs;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import io.github.k2connect.testfixtures.Documentation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Documentation}.
 */
class DocumentationTests {

	@Test
	void leavesOutWhatABuildWritesAtTheSameTime(@TempDir Path project) throws IOException {
		Path source = file(project.resolve("module/src/Shop.java"));
		file(project.resolve("module/src/Shop.kt"));
		file(project.resolve("module/target/generated/Generated.java"));
		assertThat(Documentation.files(project, ".java")).containsExactly(source);
	}

	private static Path file(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.createFile(file);
	}

}
