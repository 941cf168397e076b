package io.github.k2connect.benchmark.load;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import io.github.k2connect.benchmark.message.Message;

import org.springframework.boot.SpringApplication;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.web.client.RestClient;

/**
 * A process with an application that receives webhooks.
 */
public final class ApplicationProcess implements AutoCloseable {

	private static final String PORT = "port ";

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final Map<String, String> DEFAULTS = Map.of("server.address", "127.0.0.1", "server.port", "0",
			"server.tomcat.max-keep-alive-requests", "-1", "server.tomcat.keep-alive-timeout", "-1",
			"server.tomcat.connection-timeout", "-1", "logging.level.root", "warn", "spring.main.banner-mode", "off",
			"k2.api-key", Message.API_KEY);

	private static final String MODULITH = "spring-modulith";

	private final Process process;

	private final int port;

	private final RestClient client;

	private ApplicationProcess(Process process, int port) {
		this.process = process;
		this.port = port;
		this.client = RestClient.create("http://127.0.0.1:" + port);
	}

	/**
	 * Start an application whose webhooks are signed with the key of {@link Message}.
	 * @param properties the properties that it has besides
	 * @return the application, which has started
	 * @throws Exception if it does not start
	 */
	public static ApplicationProcess start(Map<String, String> properties) throws Exception {
		return start(ReceivingApplication.class, withoutModulith(System.getProperty("java.class.path")), properties);
	}

	/**
	 * Start an application with Spring Modulith instead of the library.
	 * @param properties the properties that it has besides
	 * @return the application, which has started
	 * @throws Exception if it does not start
	 */
	public static ApplicationProcess startModulith(Map<String, String> properties) throws Exception {
		return startModulith(ModulithApplication.class, properties);
	}

	/**
	 * Start an application with Spring Modulith instead of the library, but one that
	 * verifies signatures and recognizes duplicates.
	 * @param properties the properties that it has besides
	 * @return the application, which has started
	 * @throws Exception if it does not start
	 */
	public static ApplicationProcess startVerifyingModulith(Map<String, String> properties) throws Exception {
		return startModulith(VerifyingModulithApplication.class, properties);
	}

	/**
	 * Start an application that hands webhooks to an executor, and loses those that are
	 * not handled at its end.
	 * @param properties the properties that it has besides
	 * @return the application, which has started
	 * @throws Exception if it does not start
	 */
	public static ApplicationProcess startExecutor(Map<String, String> properties) throws Exception {
		Map<String, String> all = new HashMap<>(properties);
		all.put("k2.enabled", "false");
		return start(ExecutorApplication.class, withoutModulith(System.getProperty("java.class.path")), all);
	}

	private static ApplicationProcess startModulith(Class<?> application, Map<String, String> properties)
			throws Exception {
		Map<String, String> all = new HashMap<>(properties);
		all.put("k2.enabled", "false");
		all.put("spring.modulith.events.jdbc.schema-initialization.enabled", "true");
		return start(application, System.getProperty("java.class.path"), all);
	}

	private static ApplicationProcess start(Class<?> application, String classPath, Map<String, String> properties)
			throws Exception {
		Map<String, String> all = new HashMap<>(DEFAULTS);
		all.putAll(properties);
		List<String> command = new ArrayList<>(
				List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xms512m", "-Xmx512m",
						"-cp", classPath, application.getName()));
		all.forEach((name, value) -> command.add("--" + name + "=" + value));
		Process process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
		try {
			return new ApplicationProcess(process, port(process).get(TIMEOUT.toSeconds(), TimeUnit.SECONDS));
		}
		catch (Exception ex) {
			process.destroyForcibly();
			throw ex;
		}
	}

	/**
	 * Return the class path without Spring Modulith, whose auto-configuration changes how
	 * every application publishes events.
	 * @param classPath a class path
	 * @return the entries of other libraries
	 */
	public static String withoutModulith(String classPath) {
		return Arrays.stream(classPath.split(File.pathSeparator))
			.filter((entry) -> !entry.contains(MODULITH))
			.collect(Collectors.joining(File.pathSeparator));
	}

	/**
	 * Run until the standard input ends, which is when the parent process ends too.
	 */
	static void run(Class<?> application, String[] args) throws IOException {
		try (ConfigurableApplicationContext context = SpringApplication.run(application, args)) {
			System.out.println(PORT + context.getEnvironment().getProperty("local.server.port"));
			while (System.in.read() >= 0) {
				// nothing is said
			}
		}
	}

	/**
	 * Pass on what the application says but its port.
	 */
	private static CompletableFuture<Integer> port(Process process) {
		CompletableFuture<Integer> port = new CompletableFuture<>();
		Thread reader = new Thread(() -> {
			try (BufferedReader lines = process.inputReader()) {
				lines.lines().forEach((line) -> {
					if (!line.startsWith(PORT) || !port.complete(Integer.valueOf(line.substring(PORT.length())))) {
						System.err.println(line);
					}
				});
			}
			catch (IOException | UncheckedIOException ex) {
				port.completeExceptionally(ex);
			}
			port.completeExceptionally(new IllegalStateException("The application ended before it had a port"));
		}, "application");
		reader.setDaemon(true);
		reader.start();
		return port;
	}

	/**
	 * Return where the application listens.
	 * @return a port of this machine
	 */
	public int port() {
		return this.port;
	}

	/**
	 * Return how much time of a processor the application has taken.
	 * @return a time in steps of the operating system's clock
	 */
	public Duration processorTime() {
		return this.process.info().totalCpuDuration().orElseThrow();
	}

	/**
	 * Return how many webhooks have been handled.
	 * @return a number since the start
	 */
	public long received() {
		return ask("/received");
	}

	/**
	 * Return how many bytes of the heap are in use after a garbage collection.
	 * @return a number of bytes
	 */
	public long heap() {
		return ask("/heap");
	}

	private long ask(String path) {
		return Objects.requireNonNull(this.client.get().uri(path).retrieve().body(Long.class));
	}

	/**
	 * Return when each webhook was handled, if the property
	 * {@code benchmark.record-times} is set.
	 * @return the times of the ids, in microseconds
	 */
	Map<String, Long> times() {
		return Objects.requireNonNull(
				this.client.get().uri("/times").retrieve().body(new ParameterizedTypeReference<Map<String, Long>>() {
				}));
	}

	/**
	 * Return how often the application waited for its database.
	 * @return a number since the start for each SQL command, if the property
	 * {@value RoundTrips#PROPERTY} is set
	 */
	public Map<String, Long> roundTrips() {
		return Objects.requireNonNull(this.client.get()
			.uri("/round-trips")
			.retrieve()
			.body(new ParameterizedTypeReference<Map<String, Long>>() {
			}));
	}

	@Override
	public void close() throws IOException {
		this.process.getOutputStream().close();
		this.process.onExit().orTimeout(TIMEOUT.toSeconds(), TimeUnit.SECONDS).join();
	}

}
