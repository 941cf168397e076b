package io.github.k2connect.testfixtures;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.opentest4j.TestAbortedException;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Runs the commands of a page with the machine's own curl, as a reader does.
 *
 * @param output the output of the commands
 * @param statuses the status of each response, in the order of the responses
 */
public record PageCommands(String output, List<Integer> statuses) {

	private static final String STATUS = "status ";

	/**
	 * Read by every curl: the status of a response goes to the error output, which no
	 * command of a page uses.
	 */
	private static final String CURL_SETTINGS = """
			max-time = 60
			no-progress-meter
			noproxy = "*"
			write-out = "%{stderr}status %{http_code}\\n"
			""";

	/**
	 * Return the blocks of commands that call curl.
	 * @return the blocks
	 */
	public static List<CodeBlock> ofCurl() {
		return CodeBlock.in("shell").stream().filter((block) -> block.text().contains("curl ")).toList();
	}

	private static boolean hasCurl() {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.anyMatch((folder) -> Files.isExecutable(Path.of(folder, "curl")));
	}

	/**
	 * Run commands with bash.
	 * @param commands the commands
	 * @param variables the environment variables that they use
	 * @return what they wrote
	 * @throws TestAbortedException if this machine has no curl
	 */
	public static PageCommands run(String commands, Map<String, String> variables)
			throws IOException, InterruptedException {
		if (!hasCurl()) {
			throw new TestAbortedException("curl is not installed, so the commands of the pages are not tested");
		}
		Path home = Files.createTempDirectory("curl");
		Path output = home.resolve("output.txt");
		Path errors = home.resolve("errors.txt");
		Files.writeString(home.resolve(".curlrc"), CURL_SETTINGS);
		ProcessBuilder builder = new ProcessBuilder("bash", "-uo", "pipefail", "-c", commands)
			.redirectOutput(output.toFile())
			.redirectError(errors.toFile());
		builder.environment().put("CURL_HOME", home.toString());
		builder.environment().putAll(variables);
		Process process = builder.start();
		assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
		String errorOutput = Files.readString(errors, StandardCharsets.UTF_8);
		assertThat(process.exitValue()).as(errorOutput).isZero();
		return new PageCommands(Files.readString(output, StandardCharsets.UTF_8),
				errorOutput.lines()
					.filter((line) -> line.startsWith(STATUS))
					.map((line) -> Integer.valueOf(line.substring(STATUS.length())))
					.toList());
	}

}
