package io.github.k2connect.benchmark;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A server that answers what Kopo Kopo answers when all goes well, with as little work as
 * possible: a token, or the location of what was created.
 */
public final class KopoKopoServer implements AutoCloseable {

	private static final byte[] TOKEN = answer("200 OK", "Content-Type: application/json", """
			{"access_token":"jPOLF7TWUDZQxPMvCtBsjhCoYI_zhZ5pBHPqgz0Fb5w","token_type":"Bearer","expires_in":3600}""");

	private static final byte[] CREATED = answer("201 Created",
			"Location: /api/v1/incoming_payments/247b1bd8-f5a0-4b71-a898-f62f67b8ae1c", "");

	private final AtomicInteger tokenRequests = new AtomicInteger();

	private final ServerSocket socket;

	private volatile byte[] lastBody = {};

	/**
	 * Start a server.
	 */
	public KopoKopoServer() {
		try {
			this.socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		start("accept", this::accept);
	}

	/**
	 * Run a server until the standard input ends. It prints its URL.
	 * @param args none
	 * @throws IOException if the standard input cannot be read
	 */
	public static void main(String[] args) throws IOException {
		try (KopoKopoServer server = new KopoKopoServer()) {
			System.out.println(server.url());
			System.in.transferTo(OutputStream.nullOutputStream());
		}
	}

	/**
	 * Return the origin of the server.
	 * @return a URL
	 */
	public URI url() {
		return URI.create("http://127.0.0.1:" + this.socket.getLocalPort());
	}

	/**
	 * Return how many tokens were requested.
	 * @return a number
	 */
	public int tokenRequests() {
		return this.tokenRequests.get();
	}

	/**
	 * Return the body of the last request.
	 * @return a text
	 */
	public String lastBody() {
		return new String(this.lastBody, StandardCharsets.UTF_8);
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

	private void accept() {
		while (true) {
			try {
				Socket connection = this.socket.accept();
				start("connection", () -> serve(connection));
			}
			catch (IOException ex) {
				return;
			}
		}
	}

	private void serve(Socket connection) {
		try (connection) {
			connection.setTcpNoDelay(true);
			InputStream in = new BufferedInputStream(connection.getInputStream());
			for (String head = head(in); !head.isEmpty(); head = head(in)) {
				this.lastBody = in.readNBytes(contentLength(head));
				connection.getOutputStream().write(answer(head));
			}
		}
		catch (IOException ex) {
			// the client has gone
		}
	}

	private byte[] answer(String head) {
		if (head.startsWith("POST /oauth/token ")) {
			this.tokenRequests.incrementAndGet();
			return TOKEN;
		}
		return CREATED;
	}

	/**
	 * Return the request line and the headers, or an empty text at the end.
	 */
	private static String head(InputStream in) throws IOException {
		StringBuilder head = new StringBuilder();
		while (head.length() < 4 || head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
			int next = in.read();
			if (next < 0) {
				return "";
			}
			head.append((char) next);
		}
		return head.toString();
	}

	private static int contentLength(String head) {
		String name = "\r\ncontent-length:";
		int start = head.toLowerCase(Locale.ROOT).indexOf(name);
		return (start < 0) ? 0
				: Integer.parseInt(head.substring(start + name.length(), head.indexOf("\r\n", start + 2)).strip());
	}

	private static byte[] answer(String status, String header, String body) {
		return ("HTTP/1.1 " + status + "\r\n" + header + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body)
			.getBytes(StandardCharsets.UTF_8);
	}

	private static void start(String name, Runnable work) {
		Thread thread = new Thread(work, "kopo-kopo-" + name);
		thread.setDaemon(true);
		thread.start();
	}

}
