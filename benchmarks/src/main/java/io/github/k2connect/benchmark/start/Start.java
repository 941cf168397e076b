package io.github.k2connect.benchmark.start;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import org.springframework.util.Assert;

/**
 * One start of {@link StartedApplication} in a process of its own.
 *
 * @param time the milliseconds from the start of the JVM until the application was ready
 * @param cpu the milliseconds that the process had used the processors by then
 * @param classes the number of classes that were loaded
 * @param threads the number of threads that were started
 */
record Start(double time, double cpu, double classes, double threads) {

	private static final HttpClient client = HttpClient.newHttpClient();

	/**
	 * Start the application, send it a message without a signature, and stop it.
	 * @param classPath the class path
	 * @param answer the status with which it must answer
	 * @return what it took
	 */
	static Start measure(String classPath, int answer) throws IOException, InterruptedException {
		ProcessBuilder builder = new ProcessBuilder(command(classPath)).redirectErrorStream(true);
		long begin = System.nanoTime();
		Process process = builder.start();
		try (BufferedReader output = process.inputReader()) {
			StringBuilder log = new StringBuilder();
			String line = output.readLine();
			while (line != null && !line.startsWith(StartedApplication.READY)) {
				log.append(line).append('\n');
				line = output.readLine();
			}
			double time = (System.nanoTime() - begin) / 1e6;
			Assert.state(line != null, () -> "The application did not start:\n" + log);
			double cpu = Double.parseDouble(line.substring(StartedApplication.READY.length()));
			double classes = Double.parseDouble(output.readLine());
			double threads = Double.parseDouble(output.readLine());
			Assert.state(answer(output.readLine()) == answer, () -> "The application did not answer with " + answer);
			return new Start(time, cpu, classes, threads);
		}
		finally {
			process.destroyForcibly().waitFor();
		}
	}

	private static List<String> command(String classPath) {
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-cp", classPath,
						StartedApplication.class.getName(), "--server.port=0", "--server.address=127.0.0.1"));
		command.addAll(List.of("--k2.client-id=the-client-id", "--k2.client-secret=the-client-secret",
				"--k2.api-key=the-api-key", "--k2.base-url=http://127.0.0.1:9"));
		return command;
	}

	private static int answer(String port) throws IOException, InterruptedException {
		HttpRequest unsigned = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/k2/webhooks"))
			.POST(HttpRequest.BodyPublishers.ofString("{}"))
			.build();
		return client.send(unsigned, BodyHandlers.discarding()).statusCode();
	}

}
