package io.github.k2connect.testfixtures;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

import org.springframework.boot.SpringApplicationAotProcessor;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An application that is processed ahead of time and compiled, and runs in a process of
 * its own.
 */
public final class AheadOfTimeApplication {

	private static final String TEST_CLASSES = "test-classes";

	private final Path directory;

	private final String classPath;

	private AheadOfTimeApplication(Class<?> application, Path directory) {
		this.directory = directory;
		this.classPath = Stream
			.concat(Stream.of(folder("classes"), folder("resources")),
					Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
						.filter((entry) -> isOfTests(application) || !Path.of(entry).endsWith(TEST_CLASSES)))
			.collect(Collectors.joining(File.pathSeparator));
	}

	private static boolean isOfTests(Class<?> application) {
		return application.getProtectionDomain().getCodeSource().getLocation().getPath().contains(TEST_CLASSES);
	}

	/**
	 * Process and compile an application, as Spring Boot's Maven plugin does. Classes of
	 * tests are left out, unless the application is one.
	 * @param application the class with the main method
	 * @param directory where to write
	 * @param properties the properties of the build, as arguments
	 * @return the application
	 */
	public static AheadOfTimeApplication build(Class<?> application, Path directory, String... properties)
			throws IOException, InterruptedException {
		AheadOfTimeApplication built = new AheadOfTimeApplication(application, directory);
		List<String> arguments = new ArrayList<>(List.of(application.getName(), built.folder("sources"),
				built.folder("resources"), built.folder("classes"), "shop", "shop"));
		Collections.addAll(arguments, properties);
		String output = built.run(SpringApplicationAotProcessor.class, List.of(), arguments.toArray(String[]::new));
		assertThat(directory.resolve("sources")).as(output).exists();
		built.compile();
		return built;
	}

	private void compile() throws IOException {
		JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
		try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null);
				Stream<Path> sources = Files.walk(this.directory.resolve("sources"))) {
			List<String> options = List.of("-proc:none", "-nowarn", "-d", folder("classes"),
					"-cp", this.classPath);
			assertThat(
					compiler
						.getTask(null, files, null, options, null,
								files.getJavaFileObjectsFromPaths(
										sources.filter((source) -> source.toString().endsWith(".java")).toList()))
						.call())
				.isTrue();
		}
	}

	private String folder(String name) {
		return this.directory.resolve(name).toString();
	}

	/**
	 * Run a main method in a process, with the classes of the application, and wait for
	 * its end.
	 * @param main the class with the main method
	 * @param options the options of the JVM
	 * @param arguments the arguments
	 * @return the output
	 */
	public String run(Class<?> main, List<String> options, String... arguments)
			throws IOException, InterruptedException {
		Path output = Files.createTempFile(this.directory, "output", ".txt");
		Process process = start(main, output, options, arguments);
		try {
			assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
			return Files.readString(output, StandardCharsets.UTF_8);
		}
		finally {
			process.destroyForcibly();
		}
	}

	/**
	 * Run a main method in a process, with the classes of the application. The caller
	 * ends the process.
	 * @param main the class with the main method
	 * @param output the file to which the output is written
	 * @param options the options of the JVM
	 * @param arguments the arguments
	 * @return the process
	 */
	public Process start(Class<?> main, Path output, List<String> options, String... arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(List.of("-XX:TieredStopAtLevel=1", "-cp", this.classPath));
		command.addAll(options);
		command.add(main.getName());
		Collections.addAll(command, arguments);
		return new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile()).start();
	}

}
