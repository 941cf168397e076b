package io.github.k2connect.reconciliation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Executors;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;

/**
 * A server with Kopo Kopo's polling, for applications.
 */
public final class PollingServer extends PollingKopoKopo implements AutoCloseable {

	private final HttpServer server;

	public PollingServer() {
		try {
			this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		this.server.setExecutor(Executors.newCachedThreadPool((runnable) -> {
			Thread thread = new Thread(runnable);
			thread.setDaemon(true);
			return thread;
		}));
		this.server.createContext("/oauth/token", (exchange) -> send(exchange,
				new Response(200, "{\"access_token\": \"t0ken\", \"token_type\": \"Bearer\", \"expires_in\": 3600}")));
		this.server.createContext(PATH, this::handle);
		this.server.start();
	}

	public URI url() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	private void handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		send(exchange, respond(exchange.getRequestMethod(), url().resolve(exchange.getRequestURI()), body));
	}

	private static void send(HttpExchange exchange, Response response) throws IOException {
		try (exchange) {
			byte[] body = response.body().getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			response.headers().forEach(exchange.getResponseHeaders()::add);
			exchange.sendResponseHeaders(response.status(), (body.length > 0) ? body.length : -1);
			if (body.length > 0) {
				exchange.getResponseBody().write(body);
			}
		}
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

}
