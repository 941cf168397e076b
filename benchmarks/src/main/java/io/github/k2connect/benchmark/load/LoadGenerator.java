package io.github.k2connect.benchmark.load;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends webhooks over connections that are kept open, one at a time on each. One thread
 * serves all connections in turn, which leaves the processors to the application.
 */
public final class LoadGenerator implements AutoCloseable {

	private final List<Connection> connections = new ArrayList<>();

	private final ApplicationProcess application;

	/**
	 * Connect to an application.
	 * @param application the application
	 * @param connections how many connections are opened
	 * @throws IOException if they cannot be opened
	 */
	public LoadGenerator(ApplicationProcess application, int connections) throws IOException {
		this.application = application;
		for (int i = 0; i < connections; i++) {
			this.connections.add(new Connection(new Socket(InetAddress.getLoopbackAddress(), application.port())));
		}
	}

	/**
	 * Send webhooks and check that each is answered with status 200.
	 * @param webhooks the webhooks
	 * @return how long it took
	 * @throws IOException if a connection fails, or an answer has another status
	 */
	public Load send(Webhooks webhooks) throws IOException {
		long processorTime = this.application.processorTime().toNanos();
		long start = System.nanoTime();
		int sent = 0;
		int answered = 0;
		int count = webhooks.requests().size();
		while (answered < count) {
			if (sent < count && sent - answered < this.connections.size()) {
				connection(sent).write(webhooks.requests().get(sent++));
			}
			else {
				connection(answered++).readOk();
			}
		}
		return new Load(count, System.nanoTime() - start, this.application.processorTime().toNanos() - processorTime);
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

	/**
	 * What a load took.
	 *
	 * @param requests how many requests were answered
	 * @param nanos how long that took
	 * @param processorNanos how much time of a processor the application took for them
	 */
	public record Load(int requests, long nanos, long processorNanos) {

		/**
		 * Return how many requests were answered in a second.
		 * @return a rate
		 */
		public double perSecond() {
			return this.requests * (double) TimeUnit.SECONDS.toNanos(1) / this.nanos;
		}

		/**
		 * Return how long the application took a processor for a request.
		 * @return a number of microseconds
		 */
		public double processorMicros() {
			return this.processorNanos / 1000.0 / this.requests;
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
