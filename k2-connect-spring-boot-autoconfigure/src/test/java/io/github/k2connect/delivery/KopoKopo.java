package io.github.k2connect.delivery;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

import io.github.k2connect.webhook.Signatures;

/**
 * Sender that signs messages and delivers them.
 */
final class KopoKopo {

	static final String API_KEY = "an-api-key";

	private final HttpClient http = HttpClient.newBuilder()
		.version(HttpClient.Version.HTTP_1_1)
		.connectTimeout(Duration.ofSeconds(10))
		.build();

	/**
	 * Deliver a message once.
	 * @return the status of the response
	 * @throws IOException if there is no response
	 */
	int deliver(byte[] message, int port) throws IOException {
		return send(message, port).statusCode();
	}

	/**
	 * Deliver a message once, signed with another key.
	 * @return the status of the response
	 * @throws IOException if there is no response
	 */
	int deliver(byte[] message, int port, String apiKey) throws IOException {
		return send(message, port, apiKey).statusCode();
	}

	/**
	 * Deliver a message once.
	 * @return the response
	 * @throws IOException if there is no response
	 */
	HttpResponse<Void> send(byte[] message, int port) throws IOException {
		return send(message, port, API_KEY);
	}

	private HttpResponse<Void> send(byte[] message, int port, String apiKey) throws IOException {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/k2/webhooks"))
			.header("X-KopoKopo-Signature", Signatures.sign(apiKey, message))
			.timeout(Duration.ofSeconds(60))
			.POST(BodyPublishers.ofByteArray(message))
			.build();
		try {
			return this.http.send(request, BodyHandlers.discarding());
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IOException(ex);
		}
	}

}
