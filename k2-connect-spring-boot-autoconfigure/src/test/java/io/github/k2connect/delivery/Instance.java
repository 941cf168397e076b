package io.github.k2connect.delivery;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import io.github.k2connect.testfixtures.ServerPort;
import org.awaitility.Awaitility;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An instance of an application: a process of its own, always on the same port.
 */
final class Instance implements AutoCloseable {

	private static final List<String> FAST_START = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1",
			"-XX:+IgnoreUnrecognizedVMOptions", "-XX:+UnlockDiagnosticVMOptions", "-XX:-BytecodeVerificationRemote");

	private final int port = ServerPort.find();

	private final KopoKopo kopoKopo = new KopoKopo();

	private final Class<?> application;

	private final Path log;

	private Process process;

	Instance(Class<?> application, Path log, List<String> arguments) throws IOException {
		this.application = application;
		this.log = log;
		this.process = start(arguments);
	}

	int port() {
		return this.port;
	}

	/**
	 * Kill the process, without a shutdown.
	 */
	void kill() throws InterruptedException {
		assertThat(this.process.isAlive()).as(this.application + " is alive").isTrue();
		this.process.destroyForcibly();
		assertThat(this.process.waitFor(30, TimeUnit.SECONDS)).isTrue();
	}

	void startAgain(List<String> arguments) throws IOException {
		this.process = start(arguments);
	}

	private Process start(List<String> arguments) throws IOException {
		List<String> command = new ArrayList<>();
		command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
		command.addAll(FAST_START);
		command.addAll(List.of("-Xmx256m", this.application.getName()));
		command.addAll(arguments);
		command.addAll(List.of("--server.port=" + this.port, "--k2.api-key=" + KopoKopo.API_KEY,
				"--spring.main.banner-mode=off"));
		ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true)
			.redirectOutput(Redirect.appendTo(this.log.toFile()));
		builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
		return builder.start();
	}

	/**
	 * Wait until the endpoint responds.
	 */
	void awaitReady() {
		Awaitility.await()
			.atMost(Duration.ofMinutes(2))
			.failFast(this.application + " ended",
					() -> assertThat(this.process.isAlive()).as(Files.readString(this.log)).isTrue())
			.ignoreExceptionsInstanceOf(IOException.class)
			.untilAsserted(() -> assertThat(this.kopoKopo.deliver(new byte[0], this.port)).isEqualTo(400));
	}

	@Override
	public void close() {
		this.process.destroyForcibly();
	}

}
