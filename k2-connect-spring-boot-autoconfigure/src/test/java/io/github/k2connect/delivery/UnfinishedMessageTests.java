package io.github.k2connect.delivery;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import io.github.k2connect.Proofs;
import io.github.k2connect.webhook.Signatures;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for many senders without a key, none of which finishes its message, at an
 * application with a heap of 256 MB.
 */
@Tag("long")
class UnfinishedMessageTests {

	private static final int SENDERS = Proofs.size(800, 5_000);

	private static final int SENDER_THREADS = 16;

	/**
	 * The default of {@code k2.webhook.max-body-size}.
	 */
	private static final int MAX_BODY_SIZE = 256 * 1024;

	private static final int FEW_BYTES = 100;

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(Proofs.size(2, 10));

	private static final Duration RECOVERY = READ_TIMEOUT.plusSeconds(15);

	/**
	 * The body is sent but for its last byte, or with only its first bytes.
	 */
	static Stream<Arguments> floods() {
		return Stream.of(WebServer.values())
			.flatMap((server) -> Stream.of(arguments(server, MAX_BODY_SIZE - 1), arguments(server, FEW_BYTES)));
	}

	@ParameterizedTest
	@MethodSource("floods")
	void receivesGenuineMessagesWhileOthersAreUnfinished(WebServer server, int sent,
			@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path directory) throws Exception {
		if (sent == FEW_BYTES) {
			Proofs.assumeFull("senders of a few bytes");
		}
		Path log = directory.resolve("log");
		try (Instance instance = new Instance(FloodedApplication.class, log, server.arguments())) {
			instance.awaitReady();
			Flood flood = new Flood(instance.port(), sent);
			try {
				flood.start();
				List<Integer> statuses = new ArrayList<>();
				do {
					statuses.add(deliver(instance.port(), statuses.size()));
				}
				while (flood.isRunning());
				assertThat(statuses).containsOnly(200);
				long end = System.nanoTime();
				assertThat(flood.sender()).allSatisfy((sender) -> assertEnds(sender, end));
			}
			finally {
				flood.stop();
			}
			for (int i = 0; i < 20; i++) {
				assertThat(deliver(instance.port(), i)).isEqualTo(200);
			}
		}
		assertThat(Files.readString(log)).doesNotContain("OutOfMemoryError").doesNotContain(" ERROR ");
	}

	/**
	 * Deliver a message that arrives in two parts, so that its end has to be waited for.
	 */
	private static int deliver(int port, int id) throws Exception {
		byte[] message = ("{\"topic\": \"customer_created\", \"id\": \"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
		try (Socket sender = new Socket(InetAddress.getLoopbackAddress(), port)) {
			sender.setTcpNoDelay(true);
			sender.setSoTimeout(60_000);
			sender.getOutputStream().write(head(Signatures.sign(KopoKopo.API_KEY, message), message.length));
			Thread.sleep(20);
			sender.getOutputStream().write(message);
			byte[] status = sender.getInputStream().readNBytes("HTTP/1.1 200".length());
			return (status.length == 12) ? Integer.parseInt(new String(status, 9, 3, StandardCharsets.US_ASCII)) : 0;
		}
	}

	private static byte[] head(String signature, int length) {
		return ("POST /k2/webhooks HTTP/1.1\r\nHost: localhost\r\nX-KopoKopo-Signature: " + signature
				+ "\r\nContent-Length: " + length + "\r\n\r\n")
			.getBytes(StandardCharsets.US_ASCII);
	}

	/**
	 * Assert that the server closes the connection in time.
	 */
	private static void assertEnds(Socket sender, long start) throws IOException {
		long left = RECOVERY.toMillis() - Duration.ofNanos(System.nanoTime() - start).toMillis();
		sender.setSoTimeout((int) Math.max(left, 1));
		try {
			sender.getInputStream().readAllBytes();
		}
		catch (SocketException ex) {
			// closed while bytes were under way
		}
	}

	/**
	 * The servers.
	 */
	enum WebServer {

		TOMCAT("--spring.main.web-application-type=servlet"),

		JETTY("--spring.main.web-application-type=servlet", "--jetty=true"),

		REACTOR_NETTY("--spring.main.web-application-type=reactive");

		@SuppressWarnings("ImmutableEnumChecker")
		private final List<String> arguments;

		WebServer(String... arguments) {
			this.arguments = List.of(arguments);
		}

		List<String> arguments() {
			return Stream
				.concat(this.arguments.stream(),
						Stream.of("--k2.store.type=none",
								"--k2.webhook.read-timeout=" + READ_TIMEOUT.toSeconds() + "s"))
				.toList();
		}

	}

	/**
	 * Connections over which all of a message is sent but its last byte.
	 */
	private static final class Flood {

		private final ConcurrentLinkedQueue<Socket> senders = new ConcurrentLinkedQueue<>();

		private final ExecutorService threads = Executors.newFixedThreadPool(SENDER_THREADS);

		private final List<Future<?>> running = new ArrayList<>();

		private final int port;

		private final int sent;

		Flood(int port, int sent) {
			this.port = port;
			this.sent = sent;
		}

		void start() {
			for (int i = 0; i < SENDERS; i++) {
				this.running.add(this.threads.submit(this::send));
			}
		}

		private Void send() throws IOException {
			Socket sender = new Socket(InetAddress.getLoopbackAddress(), this.port);
			this.senders.add(sender);
			try {
				sender.getOutputStream().write(head("0".repeat(64), MAX_BODY_SIZE));
				sender.getOutputStream().write(new byte[this.sent]);
			}
			catch (SocketException ex) {
				// the server closed the connection
			}
			return null;
		}

		boolean isRunning() {
			return !this.running.stream().allMatch(Future::isDone);
		}

		Iterable<Socket> sender() {
			return this.senders;
		}

		void stop() throws IOException {
			this.threads.shutdownNow();
			for (Socket sender : this.senders) {
				sender.close();
			}
		}

	}

}
