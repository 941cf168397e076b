package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

import org.springframework.util.Assert;

/**
 * Sends webhooks over connections that are kept open, one at a time on each. One thread
 * serves all connections in turn, which leaves the processors to the application.
 */
public final class LoadGenerator implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	private static final int STEADY_ROUNDS = 4;

	private static final double IMPROVEMENT = 0.95;

	private final List<Connection> connections = new ArrayList<>();

	private final List<ApplicationProcess> applications;

	/**
	 * Connect to applications that share the load.
	 * @param applications the applications
	 * @param connections how many connections are opened, to each application in turn
	 * @throws IOException if they cannot be opened
	 */
	public LoadGenerator(List<ApplicationProcess> applications, int connections) throws IOException {
		this.applications = applications;
		for (int i = 0; i < connections; i++) {
			int port = applications.get(i % applications.size()).port();
			this.connections.add(new Connection(new Socket(InetAddress.getLoopbackAddress(), port)));
		}
	}

	/**
	 * Send webhooks, check that each is answered with status 200, and wait until each is
	 * handled, once.
	 * @param webhooks the webhooks
	 * @return how long it took
	 * @throws Exception if a connection fails, an answer has another status, or a webhook
	 * is lost
	 */
	public Load send(Webhooks webhooks) throws Exception {
		int count = webhooks.requests().size();
		long expected = received() + count;
		long processorTime = processorTime();
		long start = System.nanoTime();
		int sent = 0;
		int answered = 0;
		while (answered < count) {
			if (sent < count && sent - answered < this.connections.size()) {
				connection(sent).write(webhooks.requests().get(sent++));
			}
			else {
				connection(answered++).readOk();
			}
		}
		long answeredNanos = System.nanoTime() - start;
		awaitReceived(expected, start);
		return new Load(count, answeredNanos, System.nanoTime() - start, processorTime() - processorTime);
	}

	/**
	 * Send webhooks at a steady pace, one after the other, and wait until each is
	 * handled.
	 * @param webhooks the webhooks
	 * @param interval the time between two of them
	 * @return how long after its answer each was handled, in microseconds and in order of
	 * this time; an application must record the times
	 * @throws Exception if a connection fails, an answer has another status, or a webhook
	 * is lost
	 */
	public List<Long> sendAtPace(Webhooks webhooks, Duration interval) throws Exception {
		long expected = received() + webhooks.requests().size();
		Map<String, Long> answered = new HashMap<>();
		long next = System.nanoTime();
		for (byte[] request : webhooks.requests()) {
			LockSupport.parkNanos(next - System.nanoTime());
			next += interval.toNanos();
			Connection connection = connection(answered.size());
			connection.write(request);
			connection.readOk();
			answered.put(Webhooks.id(request), Webhooks.now());
		}
		awaitReceived(expected, System.nanoTime());
		Map<String, Long> handled = new HashMap<>();
		this.applications.forEach((application) -> handled.putAll(application.times()));
		return answered.entrySet()
			.stream()
			.map((webhook) -> Math.max(0, Objects.requireNonNull(handled.get(webhook.getKey())) - webhook.getValue()))
			.sorted()
			.toList();
	}

	/**
	 * Send webhooks until the applications are compiled: until their processor time for a
	 * webhook has not fallen for a few rounds.
	 * @param requests how many requests are sent in a round
	 * @param seconds how long they are sent at least
	 * @throws Exception if a connection fails, an answer has another status, or a webhook
	 * is lost
	 */
	public void warmUp(int requests, int seconds) throws Exception {
		long start = System.nanoTime();
		double reference = Double.MAX_VALUE;
		int steady = 0;
		while (steady < STEADY_ROUNDS || System.nanoTime() - start < TimeUnit.SECONDS.toNanos(seconds)) {
			double time = send(Webhooks.sign(requests)).processorMicros();
			if (time < IMPROVEMENT * reference) {
				reference = time;
				steady = 0;
			}
			else {
				steady++;
			}
		}
	}

	private void awaitReceived(long expected, long start) throws InterruptedException {
		long received = received();
		while (received < expected && System.nanoTime() - start < TIMEOUT.toNanos()) {
			Thread.sleep(20);
			received = received();
		}
		Assert.state(received == expected, "Handled are " + received + " webhooks of " + expected);
	}

	private long received() {
		return this.applications.stream().mapToLong(ApplicationProcess::received).sum();
	}

	private long processorTime() {
		return this.applications.stream().mapToLong((application) -> application.processorTime().toNanos()).sum();
	}

	private Connection connection(int request) {
		return this.connections.get(request % this.connections.size());
	}

	@Override
	public void close() throws IOException {
		for (Connection connection : this.connections) {
			connection.close();
		}
	}

	private static final class Connection {

		private static final String END = "\r\n\r\n";

		private final Socket socket;

		private final byte[] buffer = new byte[1024];

		Connection(Socket socket) throws IOException {
			this.socket = socket;
			socket.setTcpNoDelay(true);
			socket.setSoTimeout((int) TimeUnit.SECONDS.toMillis(30));
		}

		void write(byte[] request) throws IOException {
			this.socket.getOutputStream().write(request);
		}

		/**
		 * Read a response without a body.
		 */
		void readOk() throws IOException {
			int length = 0;
			String response = "";
			while (!response.endsWith(END)) {
				int read = this.socket.getInputStream().read(this.buffer, length, this.buffer.length - length);
				if (read <= 0) {
					throw new IOException("The response ended after: " + response);
				}
				length += read;
				response = new String(this.buffer, 0, length, StandardCharsets.ISO_8859_1);
			}
			if (!response.startsWith("HTTP/1.1 200 ") || !response.contains("\r\nContent-Length: 0\r\n")) {
				throw new IOException("The response is: " + response);
			}
		}

		void close() throws IOException {
			this.socket.close();
		}

	}

}
