package io.github.k2connect.autoconfigure.actuate;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.junit.jupiter.api.Assumptions;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Prometheus' tool for rules: that of the property {@code k2.test.promtool}, or the one
 * on the path.
 */
final class Promtool {

	private static final Log logger = LogFactory.getLog(Promtool.class);

	private static final String ABSENT = "Left out: promtool is not on the path. Install Debian's package promtool, or "
			+ "name it with -Dk2.test.promtool=/usr/bin/promtool";

	private final Path executable;

	private Promtool(Path executable) {
		this.executable = executable;
	}

	static Promtool find() {
		Optional<Path> executable = Stream
			.concat(Stream.of(System.getProperty("k2.test.promtool", "")).filter((name) -> !name.isEmpty()),
					Stream.of(System.getenv("PATH").split(File.pathSeparator))
						.map((folder) -> folder + File.separator + "promtool"))
			.map(Path::of)
			.filter(Files::isExecutable)
			.findFirst();
		if (executable.isEmpty()) {
			logger.warn(ABSENT);
		}
		Assumptions.assumeTrue(executable.isPresent(), ABSENT);
		return new Promtool(executable.orElseThrow());
	}

	/**
	 * Run the tool in a folder. Fails with its output if it fails.
	 */
	void run(Path folder, String... arguments) throws IOException, InterruptedException {
		Process process = new ProcessBuilder(
				Stream.concat(Stream.of(this.executable.toString()), Stream.of(arguments)).toList())
			.directory(folder.toFile())
			.redirectErrorStream(true)
			.start();
		String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
		assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
		assertThat(process.exitValue()).as(output).isZero();
	}

}
