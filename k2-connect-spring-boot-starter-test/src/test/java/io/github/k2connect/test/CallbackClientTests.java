package io.github.k2connect.test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

/**
 * Tests for {@link CallbackClient} with applications that respond slowly.
 */
class CallbackClientTests extends SimulatorTestSupport {

	private final CountDownLatch ended = new CountDownLatch(1);

	@ParameterizedTest
	@ValueSource(strings = { "", "HTTP/1.1 200 OK\r\nX-Slow: ", "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n" })
	@Timeout(30)
	void givesUpResponseThatDrips(String beginning) throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
			CompletableFuture<Void> dripped = CompletableFuture.runAsync(() -> drip(server, beginning));
			Journal journal = new Journal();
			try (CallbackClient client = new CallbackClient(null, false, journal, Duration.ofMillis(500))) {
				assertThatIOException().isThrownBy(() -> client.post(message(server.getLocalPort())));
			}
			assertThat(journal.exchanges()).singleElement()
				.satisfies((exchange) -> assertThat(exchange.status()).isZero());
			assertThat(dripped).succeedsWithin(Duration.ofSeconds(10));
		}
		finally {
			this.ended.countDown();
		}
	}

	@Test
	void postsAgainAfterResponseThatDripped() throws Exception {
		try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
				CallbackClient client = new CallbackClient(null, false, new Journal(), Duration.ofMillis(500))) {
			CompletableFuture<Void> dripped = CompletableFuture.runAsync(() -> drip(server, ""));
			assertThatIOException().isThrownBy(() -> client.post(message(server.getLocalPort())));
			assertThat(dripped).succeedsWithin(Duration.ofSeconds(10));
			client.origin(this.application.origin());
			assertThat(client.post(message(1))).isEqualTo(200);
		}
	}

	private Message message(int port) {
		return Message.of("Result", this.simulator.account("default"), URI.create("http://localhost:" + port),
				"{}".getBytes(StandardCharsets.UTF_8));
	}

	/**
	 * Send a byte of a response every 100 milliseconds, until the connection is closed.
	 */
	private void drip(ServerSocket server, String beginning) {
		try (Socket socket = server.accept()) {
			socket.getOutputStream().write(beginning.getBytes(StandardCharsets.US_ASCII));
			while (!this.ended.await(100, TimeUnit.MILLISECONDS)) {
				socket.getOutputStream().write('x');
			}
		}
		catch (IOException | InterruptedException ex) {
			// the connection is closed
		}
	}

}
