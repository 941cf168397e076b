package io.github.k2connect.test;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import tools.jackson.databind.JsonNode;

/**
 * Application that records deliveries, and responds with 200 unless a test sets another
 * status.
 */
final class RecordingApplication implements AutoCloseable {

	private final BlockingQueue<Delivery> deliveries = new LinkedBlockingQueue<>();

	private final Queue<Integer> statuses = new ConcurrentLinkedQueue<>();

	private final HttpServer server;

	private volatile boolean silent;

	private volatile CountDownLatch mayAnswer = new CountDownLatch(0);

	RecordingApplication() throws IOException {
		this.server = HttpServer.create(new InetSocketAddress("localhost", 0), 0);
		this.server.createContext("/", this::handle);
		this.server.start();
	}

	private void handle(HttpExchange exchange) throws IOException {
		if (this.silent) {
			this.deliveries.add(new Delivery(exchange.getRequestURI().toString(), new byte[0], ""));
			return;
		}
		byte[] body = exchange.getRequestBody().readAllBytes();
		Integer status = this.statuses.poll();
		this.deliveries.add(new Delivery(exchange.getRequestURI().toString(), body,
				String.valueOf(exchange.getRequestHeaders().getFirst(WebhookSigner.SIGNATURE_HEADER))));
		awaitPermission();
		exchange.sendResponseHeaders((status != null) ? status : 200, -1);
		exchange.close();
	}

	URI origin() {
		return URI.create("http://localhost:" + this.server.getAddress().getPort());
	}

	String url(String path) {
		return origin() + path;
	}

	/**
	 * Respond to the next deliveries with these statuses.
	 */
	void answer(List<Integer> next) {
		this.statuses.addAll(next);
	}

	/**
	 * Hold further responses back.
	 * @return what releases them
	 */
	Runnable holdAnswers() {
		CountDownLatch latch = new CountDownLatch(1);
		this.mayAnswer = latch;
		return latch::countDown;
	}

	private void awaitPermission() {
		try {
			if (!this.mayAnswer.await(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("The response was held back for too long");
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Leave all further deliveries without a response.
	 */
	void neverAnswer() {
		this.silent = true;
	}

	/**
	 * Wait for the next delivery.
	 */
	Delivery next() throws InterruptedException {
		Delivery delivery = this.deliveries.poll(10, TimeUnit.SECONDS);
		if (delivery == null) {
			throw new AssertionError("Nothing was delivered");
		}
		return delivery;
	}

	/**
	 * Return whether nothing is delivered for a while.
	 */
	boolean receivesNothingFor(Duration time) throws InterruptedException {
		return this.deliveries.poll(time.toMillis(), TimeUnit.MILLISECONDS) == null;
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * A delivery.
	 */
	static final class Delivery {

		private final String path;

		private final byte[] body;

		private final String signature;

		Delivery(String path, byte[] body, String signature) {
			this.path = path;
			this.body = body;
			this.signature = signature;
		}

		String path() {
			return this.path;
		}

		byte[] bytes() {
			return this.body;
		}

		String body() {
			return new String(this.body, StandardCharsets.UTF_8);
		}

		JsonNode json() {
			return Json.MAPPER.readTree(this.body);
		}

		String signature() {
			return this.signature;
		}

	}

}
