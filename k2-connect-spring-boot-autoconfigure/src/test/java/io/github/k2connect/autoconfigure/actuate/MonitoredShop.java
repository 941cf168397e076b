package io.github.k2connect.autoconfigure.actuate;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.k2connect.account.K2AccountSource;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * A running application with an inbox, Spring Boot's Actuator and a vault that is sealed
 * for all accounts but {@code nobody}, which it does not have, and its Kopo Kopo. Its
 * listener fails for events whose id begins with {@code bad}, and does not end for those
 * that begin with {@code slow}.
 */
final class MonitoredShop implements AutoCloseable {

	static final String API_KEY = "the-api-key-of-the-shop";

	static final String CLIENT_SECRET = "the-client-secret-of-the-shop";

	static final String PHONE_NUMBER = "+254712345678";

	/**
	 * Argument of a shop that reconciles the payments to its till.
	 */
	static final String RECONCILIATION = "--k2.reconciliation.tills=112233";

	private final HttpClient http = HttpClient.newHttpClient();

	private final AtomicInteger tokenStatus = new AtomicInteger(200);

	private final AtomicInteger resultStatus = new AtomicInteger(404);

	private final AtomicInteger calls = new AtomicInteger();

	private final AtomicReference<String> transactions = new AtomicReference<>("");

	private final HttpServer kopoKopo;

	private final ConfigurableApplicationContext context;

	MonitoredShop(WebApplicationType type, String... arguments) throws IOException {
		this.kopoKopo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.kopoKopo.createContext("/oauth/token", (exchange) -> respond(exchange, this.tokenStatus.get(),
				"{\"access_token\":\"a-token\",\"expires_in\":3600}"));
		this.kopoKopo.createContext("/api/v1/incoming_payments", (exchange) -> {
			boolean push = exchange.getRequestMethod().equals("POST");
			exchange.getResponseHeaders().add("Location", "/api/v1/incoming_payments/" + this.calls.get());
			respond(exchange, push ? 201 : this.resultStatus.get(),
					"{\"error_code\": 404, \"error_message\": \"Not found\"}");
		});
		this.kopoKopo.createContext("/api/v1/polling", (exchange) -> {
			boolean poll = exchange.getRequestMethod().equals("POST");
			exchange.getResponseHeaders().add("Location", "/api/v1/polling/" + UUID.randomUUID());
			String path = exchange.getRequestURI().getPath();
			respond(exchange, poll ? 201 : 200,
					"""
							{"data": {"id": "%s", "type": "polling", "attributes": {"status": "Success", "transactions": [%s]}}}"""
						.formatted(path.substring(path.lastIndexOf('/') + 1), this.transactions));
		});
		this.kopoKopo.start();
		Map<String, String> all = new LinkedHashMap<>();
		Stream.concat(Stream.of("--server.port=0",
				"--k2.base-url=http://localhost:" + this.kopoKopo.getAddress().getPort(),
				"--k2.callback-url=https://shop.example/k2/webhooks", "--k2.client-id=the-client-id",
				"--k2.client-secret=" + CLIENT_SECRET, "--k2.api-key=" + API_KEY,
				"--k2.accounts.duka.client-id=the-client-id-of-duka", "--k2.accounts.duka.api-key=the-api-key-of-duka",
				"--k2.accounts.duka.client-secret=the-client-secret-of-duka", "--k2.webhook.mode=inbox",
				"--k2.webhook.inbox.max-attempts=1", "--k2.http.max-attempts=1",
				"--k2.scheduler.polling-interval=100ms", "--k2.follow-up.enabled=true",
				"--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always"),
				Stream.of(arguments))
			.forEach((argument) -> all.put(argument.substring(0, argument.indexOf('=')), argument));
		this.context = new SpringApplicationBuilder(Shop.class).web(type).run(all.values().toArray(String[]::new));
	}

	private void respond(HttpExchange exchange, int status, String json) throws IOException {
		this.calls.incrementAndGet();
		byte[] body = json.getBytes(StandardCharsets.UTF_8);
		exchange.getResponseHeaders().add("Content-Type", "application/json");
		exchange.sendResponseHeaders(status, body.length);
		exchange.getResponseBody().write(body);
		exchange.close();
	}

	<T> T bean(Class<T> type) {
		return this.context.getBean(type);
	}

	int port() {
		return port("local.server.port");
	}

	private int port(String property) {
		return this.context.getEnvironment().getRequiredProperty(property, Integer.class);
	}

	void respondToTokenRequests(int status) {
		this.tokenStatus.set(status);
	}

	void respondToStatusRequests(int status) {
		this.resultStatus.set(status);
	}

	/**
	 * Let a customer pay at the till, without a message.
	 */
	void payWithoutMessage(String reference) {
		this.transactions.set("""
				{"type": "Buygoods Transaction", "resource": {"reference": "%s", "origination_time": "%s",
				"sender_phone_number": "%s", "amount": "10", "status": "Received"}}""".formatted(reference,
				Instant.now().minusSeconds(60), PHONE_NUMBER));
	}

	int callsToKopoKopo() {
		return this.calls.get();
	}

	/**
	 * Deliver a payment from {@link #PHONE_NUMBER} to the default account.
	 */
	int deliver(String id) throws Exception {
		return deliver("", payment(id), API_KEY);
	}

	/**
	 * Deliver a message.
	 * @param path the path after that of the default account
	 * @param message the message
	 * @param apiKey the key to sign it with
	 * @return the status of the response
	 */
	int deliver(String path, String message, String apiKey) throws Exception {
		byte[] body = message.getBytes(StandardCharsets.UTF_8);
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/k2/webhooks" + path))
			.header(SignatureVerifier.HEADER, Signatures.sign(apiKey, body))
			.POST(BodyPublishers.ofByteArray(body))).statusCode();
	}

	static String payment(String id) {
		return """
				{"topic": "buygoods_transaction_received", "id": "%s", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "TK1", "sender_phone_number": "%s", "amount": "10"}}}""".formatted(id,
				PHONE_NUMBER);
	}

	HttpResponse<String> actuator(String path) throws Exception {
		return send(HttpRequest.newBuilder(actuatorUri(path)));
	}

	JsonNode json(String path) throws Exception {
		return JsonMapper.shared().readTree(actuator(path).body());
	}

	HttpResponse<String> operate(String operation, String body) throws Exception {
		return send(HttpRequest.newBuilder(actuatorUri("k2/" + operation))
			.header("Content-Type", "application/json")
			.POST(BodyPublishers.ofString(body)));
	}

	private URI actuatorUri(String path) {
		boolean separate = this.context.getEnvironment().containsProperty("local.management.port");
		return URI.create("http://localhost:" + port(separate ? "local.management.port" : "local.server.port")
				+ "/actuator/" + path);
	}

	private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	@Override
	public void close() {
		bean(Shop.class).closing.countDown();
		this.context.close();
		this.kopoKopo.stop(0);
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		private final CountDownLatch closing = new CountDownLatch(1);

		@Bean
		K2AccountSource vault() {
			return (name) -> {
				if (name.equals("nobody")) {
					return Optional.empty();
				}
				throw new IllegalStateException("The vault is sealed");
			};
		}

		@EventListener
		void on(K2Event event) throws InterruptedException {
			if (event.id().startsWith("bad")) {
				throw new IllegalStateException("The listener failed");
			}
			if (event.id().startsWith("slow")) {
				this.closing.await();
			}
		}

	}

}
