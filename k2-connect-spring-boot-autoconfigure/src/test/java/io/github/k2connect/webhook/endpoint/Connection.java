package io.github.k2connect.webhook.endpoint;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;

/**
 * A connection to a server, over which a test writes any bytes.
 */
final class Connection implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(20);

	private final Socket socket;

	Connection(int port) {
		try {
			this.socket = new Socket("localhost", port);
			this.socket.setTcpNoDelay(true);
			this.socket.setSoTimeout((int) PATIENCE.toMillis());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	Connection send(String text) {
		return send(text.getBytes(StandardCharsets.UTF_8));
	}

	Connection send(byte[] bytes) {
		try {
			OutputStream out = this.socket.getOutputStream();
			out.write(bytes);
			out.flush();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Send the first line and the headers of a delivery.
	 */
	Connection sendHead(String... headers) {
		return send("POST /k2/webhooks HTTP/1.1\r\nHost: localhost\r\n" + String.join("\r\n", headers) + "\r\n\r\n");
	}

	/**
	 * Send a whole delivery with a valid signature.
	 */
	Connection sendSigned(byte[] body) {
		return sendHead(signature(body), "Content-Length: " + body.length).send(body);
	}

	static String signature(byte[] body) {
		return SignatureVerifier.HEADER + ": " + Signatures.sign("an-api-key", body);
	}

	/**
	 * Close the output, so that only the response is left.
	 */
	Connection endOutput() {
		try {
			this.socket.shutdownOutput();
			return this;
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Read the status and the headers of the next response.
	 * @return the status, or 0 if the connection was closed without a response
	 */
	int status() {
		ByteArrayOutputStream head = new ByteArrayOutputStream();
		try {
			InputStream in = this.socket.getInputStream();
			while (!head.toString(StandardCharsets.US_ASCII).endsWith("\r\n\r\n")) {
				int next = in.read();
				if (next < 0) {
					return 0;
				}
				head.write(next);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Integer.parseInt(head.toString(StandardCharsets.US_ASCII).substring(9, 12));
	}

	/**
	 * Wait until the server closes the connection.
	 * @return the rest of its output
	 */
	String remainder() {
		ByteArrayOutputStream remainder = new ByteArrayOutputStream();
		try {
			this.socket.getInputStream().transferTo(remainder);
		}
		catch (java.net.SocketException ex) {
			// the server closed it while something was under way
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return remainder.toString(StandardCharsets.UTF_8);
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
