package io.github.k2connect.autoconfigure;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.SpringApplicationAotProcessor;
import org.springframework.context.aot.AbstractAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for an application that is processed ahead of time, compiled, and started in a
 * process of its own.
 */
class AheadOfTimeTests {

	private static final String[] BUILD = { "--k2.client-id=build", "--k2.client-secret=build", "--k2.api-key=build" };

	@TempDir
	static Path directory;

	@BeforeAll
	static void build() throws IOException {
		AbstractAotProcessor.Settings settings = AbstractAotProcessor.Settings.builder()
			.sourceOutput(directory.resolve("sources"))
			.resourceOutput(directory.resolve("resources"))
			.classOutput(directory.resolve("classes"))
			.groupId("shop")
			.artifactId("shop")
			.build();
		new SpringApplicationAotProcessor(ShopBuiltAheadOfTime.class, settings, BUILD).process();
		compile();
	}

	private static void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(directory.resolve("sources"))) {
			List<String> options = List.of("-proc:none", "-nowarn", "-d", directory.resolve("classes").toString(),
					"-cp", classPath());
			assertThat(
					compiler
						.getTask(null, files, null, options, null,
								files.getJavaFileObjectsFromPaths(
										sources.filter((source) -> source.toString().endsWith(".java")).toList()))
						.call())
				.isTrue();
		}
	}

	private static String classPath() {
		return String.join(File.pathSeparator, directory.resolve("classes").toString(),
				directory.resolve("resources").toString(), System.getProperty("java.class.path"));
	}

	private static String start(String... properties) throws Exception {
		Path output = Files.createTempFile(directory, "output", ".txt");
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-XX:TieredStopAtLevel=1",
						"-Dspring.aot.enabled=true", "-cp", classPath(), ShopBuiltAheadOfTime.class.getName(),
						"--server.port=0", "--k2.client-id=client", "--k2.client-secret=s3cret", "--k2.api-key=k3y"));
		command.addAll(List.of(properties));
		Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			return Files.readString(output, StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}

	@Test
	void startsWithOtherValuesThanBuild() throws Exception {
		assertThat(start("--k2.webhook.path=/hooks")).contains(ShopBuiltAheadOfTime.STARTED + "1", "receives at /hooks")
			.contains("AOT");
	}

	@Test
	void failsWithInboxThatBuildDidNotHave() throws Exception {
		assertThat(start("--k2.webhook.mode=inbox"))
			.contains("APPLICATION FAILED TO START", "k2.webhook.mode was direct and is now inbox.",
					"Build the application again with the properties that it has at run time")
			.doesNotContain(ShopBuiltAheadOfTime.STARTED);
	}

}
