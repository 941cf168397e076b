package io.github.k2connect.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

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

	/**
	 * A JVM to which an agent attaches creates a file in its folder for a moment.
	 */
	@Test
	void leavesOutWhatIsDeletedAtTheSameTime(@TempDir Path project) throws Exception {
		Path source = file(project.resolve("Shop.java"));
		AtomicBoolean done = new AtomicBoolean();
		CompletableFuture<Void> otherProcess = CompletableFuture.runAsync(() -> {
			while (!done.get()) {
				deleteAtOnce(project.resolve(".attach_pid1"));
			}
		});
		try {
			for (int i = 0; i < 5_000; i++) {
				assertThat(Documentation.files(project, ".java")).containsExactly(source);
			}
		}
		finally {
			done.set(true);
		}
		otherProcess.get(10, TimeUnit.SECONDS);
	}

	private static void deleteAtOnce(Path file) {
		try {
			Files.delete(file(file));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private static Path file(Path file) throws IOException {
		Files.createDirectories(file.getParent());
		return Files.createFile(file);
	}

}
