package io.github.k2connect.benchmark.message;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.core.io.ClassPathResource;
import org.springframework.util.Assert;

/**
 * Another language with a script that verifies and decodes a webhook as Kopo Kopo's SDK
 * for it does: HMAC, comparison in constant time, JSON, a flat object of its properties.
 */
enum Language {

	PHP("verify.php", "php -d opcache.enable_cli=1 -d opcache.jit=tracing -d opcache.jit_buffer_size=64M"),

	NODE("verify.mjs", "node"),

	PYTHON("verify.py", "python3");

	private final String script;

	private final String command;

	Language(String script, String command) {
		this.script = script;
		this.command = command;
	}

	private List<String> command() {
		return List.of(this.command.split(" "));
	}

	boolean isInstalled() throws InterruptedException {
		try {
			Process version = new ProcessBuilder(command().get(0), "--version")
				.redirectOutput(ProcessBuilder.Redirect.DISCARD)
				.redirectError(ProcessBuilder.Redirect.DISCARD)
				.start();
			return version.waitFor() == 0;
		}
		catch (IOException ex) {
			return false;
		}
	}

	/**
	 * Measure the script, in a process of its own.
	 */
	Result measure(Message message) throws IOException, InterruptedException {
		List<String> arguments = new ArrayList<>(command());
		arguments.add(new ClassPathResource(this.script, getClass()).getFile().getPath());
		arguments
			.addAll(List.of(new String(message.body(), StandardCharsets.UTF_8), message.signature(), Message.API_KEY));
		Process process = new ProcessBuilder(arguments).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		List<String> lines = process.inputReader().lines().toList();
		Assert.state(process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0,
				() -> this.script + " failed: " + lines);
		return new Result(lines.get(0), Double.parseDouble(lines.get(1)), lines.get(2), lines.get(3));
	}

	/**
	 * What a script tells.
	 *
	 * @param runtime the name and version of the runtime
	 * @param nanoseconds the time of one message
	 * @param amount the amount that it read
	 * @param reference the reference that it read
	 */
	record Result(String runtime, double nanoseconds, String amount, String reference) {
	}

}
