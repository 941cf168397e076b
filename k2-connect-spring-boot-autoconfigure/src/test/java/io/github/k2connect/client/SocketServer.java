package io.github.k2connect.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server on the loopback interface that runs an action of the test for each connection,
 * also one that violates HTTP.
 */
public final class SocketServer implements AutoCloseable {

	private static final Pattern CONTENT_LENGTH = Pattern.compile("(?i)\r\ncontent-length: *([0-9]+)\r\n");

	private final ServerSocket server;

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<Socket> connections = new CopyOnWriteArrayList<>();

	private final List<String> requests = new CopyOnWriteArrayList<>();

	/**
	 * Create a server.
	 * @param behaviour what it does with a connection
	 */
	public SocketServer(Behaviour behaviour) throws IOException {
		this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
		this.threads.execute(() -> accept(behaviour));
	}

	private void accept(Behaviour behaviour) {
		try {
			while (true) {
				Socket socket = this.server.accept();
				this.connections.add(socket);
				this.threads.execute(() -> handle(socket, behaviour));
			}
		}
		catch (IOException | RejectedExecutionException ex) {
			// the server is closed
		}
	}

	private void handle(Socket socket, Behaviour behaviour) {
		try (socket) {
			behaviour.handle(new Connection(socket));
		}
		catch (Exception ex) {
			// the other side has ended the connection
		}
	}

	/**
	 * Return the address.
	 */
	public InetSocketAddress address() {
		return (InetSocketAddress) this.server.getLocalSocketAddress();
	}

	/**
	 * Return the origin.
	 */
	public URI url(String scheme) {
		return URI.create(scheme + "://localhost:" + this.server.getLocalPort());
	}

	/**
	 * Return the number of connections.
	 */
	public int connections() {
		return this.connections.size();
	}

	/**
	 * Return the first lines of the requests that were read completely.
	 */
	public List<String> requests() {
		return this.requests.stream().map((request) -> request.substring(0, request.indexOf('\r'))).toList();
	}

	/**
	 * Return the requests that were read completely.
	 */
	public List<String> wholeRequests() {
		return List.copyOf(this.requests);
	}

	@Override
	public void close() throws IOException {
		this.server.close();
		for (Socket connection : this.connections) {
			connection.close();
		}
		this.threads.shutdownNow();
	}

	/**
	 * What the server does.
	 */
	@FunctionalInterface
	public interface Behaviour {

		/**
		 * Handle a connection, which is closed thereafter.
		 */
		void handle(Connection connection) throws Exception;

	}

	/**
	 * A connection to the server.
	 */
	public final class Connection {

		private final Socket socket;

		Connection(Socket socket) {
			this.socket = socket;
		}

		/**
		 * Read a request to its end, or {@code null} at the end of the connection.
		 */
		public String read() throws IOException {
			InputStream in = this.socket.getInputStream();
			ByteArrayOutputStream bytes = new ByteArrayOutputStream();
			while (!isComplete(bytes.toString(StandardCharsets.ISO_8859_1))) {
				int next = in.read();
				if (next == -1) {
					throw new IOException("The connection has ended");
				}
				bytes.write(next);
			}
			String request = bytes.toString(StandardCharsets.ISO_8859_1);
			SocketServer.this.requests.add(request);
			return request;
		}

		/**
		 * Write.
		 */
		public void write(String text) throws IOException {
			this.socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
			this.socket.getOutputStream().flush();
		}

		/**
		 * Write one byte at a time, with a pause before each.
		 */
		public void drip(String text, int millis) throws Exception {
			for (int i = 0; i < text.length(); i++) {
				Thread.sleep(millis);
				write(text.substring(i, i + 1));
			}
		}

		/**
		 * Write a response with JSON.
		 */
		public void answer(String json) throws IOException {
			write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length() + "\r\n\r\n"
					+ json);
		}

		/**
		 * Wait until the client closes the connection.
		 */
		public void beSilent() throws IOException {
			while (this.socket.getInputStream().read() != -1) {
				// what is sent is lost
			}
		}

		/**
		 * Return the first byte that is sent, or -1.
		 */
		public int readByte() throws IOException {
			return this.socket.getInputStream().read();
		}

		private static boolean isComplete(String request) {
			int end = request.indexOf("\r\n\r\n");
			if (end == -1) {
				return false;
			}
			Matcher length = CONTENT_LENGTH.matcher(request.substring(0, end + 2));
			return !length.find() || request.length() >= end + 4 + Integer.parseInt(length.group(1));
		}

	}

}
