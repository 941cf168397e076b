package io.github.k2connect.docs;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import io.github.k2connect.testfixtures.Documentation;

import org.springframework.util.FileSystemUtils;
import org.springframework.util.StringUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A project as Spring Initializr generates it (Maven, Java 17, "Spring Web"), in which a
 * reader does what a page says: a block of XML goes to the dependencies, and a block
 * below a paragraph that names a file goes to that file.
 */
final class GeneratedProject {

	private static final Path GENERATED = Path.of("src/test/resources/initializr");

	private static final Path PROGRAM = Path.of("src/test/java/io/github/k2connect/docs/JUnitProgram.java");

	private static final Pattern STEP = Pattern.compile("(?ms)(.*?)^ *```(\\w+)\\n(.*?)^ *```$");

	private static final Pattern FILE = Pattern.compile("`(src/(?:main|test)/(?:java|resources)/[\\w./-]+)`");

	/**
	 * What this module has besides the dependencies of the project.
	 */
	private static final Pattern NOT_IN_PROJECT = Pattern.compile(
			"(h2|HikariCP|spring-jdbc|spring-boot-jdbc|spring-core-test|kotlinx?-[a-z0-9-]+|selenium-[a-z0-9-]+)-\\d.*\\.jar");

	private final Path folder;

	/**
	 * Generate a project.
	 * @param folder the folder of the project
	 * @param artifact the name of the artifact and of the package
	 */
	GeneratedProject(Path folder, String artifact) throws IOException {
		this.folder = folder;
		for (Path file : Documentation.files(GENERATED, "")) {
			write(renamed(GENERATED.relativize(file).toString(), artifact),
					renamed(Documentation.read(file), artifact));
		}
	}

	private static String renamed(String text, String artifact) {
		return text.replace("shop", artifact).replace("Shop", StringUtils.capitalize(artifact));
	}

	private void write(String file, String content) throws IOException {
		Path path = this.folder.resolve(file);
		Files.createDirectories(path.getParent());
		if (file.endsWith(".properties")) {
			Files.writeString(path, content, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
		}
		else {
			Files.writeString(path, content);
		}
	}

	/**
	 * Do what a section of a page says.
	 * @param section the section
	 * @return whether it changes the project
	 */
	boolean follow(String section) throws IOException {
		boolean changed = false;
		for (MatchResult step : STEP.matcher(section).results().toList()) {
			changed |= follow(step.group(1).strip(), step.group(2), step.group(3).stripIndent());
		}
		return changed;
	}

	private boolean follow(String text, String language, String code) throws IOException {
		if (language.equals("xml")) {
			Path pom = this.folder.resolve("pom.xml");
			Files.writeString(pom, Documentation.read(pom).replace("</dependencies>", code + "</dependencies>"));
			return true;
		}
		List<String> files = FILE.matcher(text.substring(text.lastIndexOf("\n\n") + 1))
			.results()
			.map((file) -> file.group(1))
			.toList();
		if (files.isEmpty() || !files.get(files.size() - 1).endsWith("." + language)) {
			return false;
		}
		write(files.get(files.size() - 1), code);
		return true;
	}

	/**
	 * Return the model of the project.
	 */
	String pom() {
		return Documentation.read(this.folder.resolve("pom.xml"));
	}

	/**
	 * Compile the project and run its tests, in a process without credentials.
	 * @return the output
	 */
	String test() throws IOException, InterruptedException {
		Path classes = compile("main", classPath());
		Path tests = compile("test", classes + File.pathSeparator + classPath());
		String classPath = String.join(File.pathSeparator, tests.toString(), classes.toString(), classPath());
		Path output = this.folder.resolve("output.txt");
		ProcessBuilder builder = new ProcessBuilder(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
				"-XX:TieredStopAtLevel=1", "-cp", classPath, PROGRAM.toAbsolutePath().toString(), tests.toString())
			.directory(this.folder.toFile())
			.redirectErrorStream(true)
			.redirectOutput(output.toFile());
		builder.environment().keySet().removeIf((variable) -> variable.toUpperCase(Locale.ROOT).startsWith("K2_"));
		Process process = builder.start();
		try {
			assertThat(process.waitFor(5, TimeUnit.MINUTES)).isTrue();
			return Files.readString(output, StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}

	private Path compile(String sources, String classPath) throws IOException {
		Path classes = this.folder.resolve("target").resolve(sources);
		Files.createDirectories(classes);
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
			List<String> options = List.of("-proc:none", "-parameters", "-d", classes.toString(), "-cp", classPath);
			assertThat(
					compiler
						.getTask(null, manager, null, options, null,
								manager.getJavaFileObjectsFromPaths(Documentation
									.files(this.folder.resolve("src").resolve(sources).resolve("java"), ".java")))
						.call())
				.isTrue();
		}
		Path resources = this.folder.resolve("src").resolve(sources).resolve("resources");
		if (Files.isDirectory(resources)) {
			FileSystemUtils.copyRecursively(resources, classes);
		}
		return classes;
	}

	private static String classPath() {
		return Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
			.map(Path::of)
			.filter((entry) -> !entry.endsWith("test-classes"))
			.filter((entry) -> !NOT_IN_PROJECT.matcher(entry.getFileName().toString()).matches())
			.map((entry) -> entry.toAbsolutePath().toString())
			.collect(Collectors.joining(File.pathSeparator));
	}

}
