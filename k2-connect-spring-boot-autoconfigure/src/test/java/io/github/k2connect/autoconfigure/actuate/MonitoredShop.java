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
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import com.sun.net.httpserver.HttpServer;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;

/**
 * A running application with an inbox and Spring Boot's Actuator, and its Kopo Kopo. Its
 * listener fails for events whose id begins with {@code bad}.
 */
final class MonitoredShop implements AutoCloseable {

	static final String API_KEY = "the-api-key-of-the-shop";

	static final String CLIENT_SECRET = "the-client-secret-of-the-shop";

	static final String PHONE_NUMBER = "+254712345678";

	private final HttpClient http = HttpClient.newHttpClient();

	private final AtomicInteger tokenStatus = new AtomicInteger(200);

	private final AtomicInteger calls = new AtomicInteger();

	private final HttpServer kopoKopo;

	private final ConfigurableApplicationContext context;

	MonitoredShop(WebApplicationType type, String... arguments) throws IOException {
		this.kopoKopo = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		this.kopoKopo.createContext("/", (exchange) -> {
			this.calls.incrementAndGet();
			byte[] body = "{\"access_token\":\"a-token\",\"expires_in\":3600}".getBytes(StandardCharsets.UTF_8);
			exchange.getResponseHeaders().add("Content-Type", "application/json");
			exchange.sendResponseHeaders(this.tokenStatus.get(), body.length);
			exchange.getResponseBody().write(body);
			exchange.close();
		});
		this.kopoKopo.start();
		Map<String, String> all = new LinkedHashMap<>();
		Stream.concat(Stream.of("--server.port=0",
				"--k2.base-url=http://localhost:" + this.kopoKopo.getAddress().getPort(),
				"--k2.client-id=the-client-id", "--k2.client-secret=" + CLIENT_SECRET, "--k2.api-key=" + API_KEY,
				"--k2.accounts.duka.client-id=the-client-id-of-duka", "--k2.accounts.duka.api-key=the-api-key-of-duka",
				"--k2.accounts.duka.client-secret=the-client-secret-of-duka", "--k2.webhook.mode=inbox",
				"--k2.webhook.inbox.max-attempts=1", "--k2.http.max-attempts=1", "--db-scheduler.enabled=true",
				"--db-scheduler.polling-interval=100ms", "--k2.follow-up.enabled=true",
				"--spring.datasource.url=jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1",
				"--management.endpoints.web.exposure.include=*", "--management.endpoint.health.show-details=always",
				"--management.endpoint.env.show-values=always", "--management.endpoint.configprops.show-values=always"),
				Stream.of(arguments))
			.forEach((argument) -> all.put(argument.substring(0, argument.indexOf('=')), argument));
		this.context = new SpringApplicationBuilder(Shop.class).web(type).run(all.values().toArray(String[]::new));
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

	int callsToKopoKopo() {
		return this.calls.get();
	}

	/**
	 * Deliver a payment from {@link #PHONE_NUMBER}.
	 */
	int deliver(String id) throws Exception {
		return deliver(id, API_KEY);
	}

	int deliver(String id, String apiKey) throws Exception {
		byte[] body = """
				{"topic": "buygoods_transaction_received", "id": "%s", "event": {"type": "Buygoods Transaction",
				"resource": {"reference": "TK1", "sender_phone_number": "%s", "amount": "10"}}}"""
			.formatted(id, PHONE_NUMBER)
			.getBytes(StandardCharsets.UTF_8);
		return send(HttpRequest.newBuilder(URI.create("http://localhost:" + port() + "/k2/webhooks"))
			.header(SignatureVerifier.HEADER, Signatures.sign(apiKey, body))
			.POST(BodyPublishers.ofByteArray(body))).statusCode();
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
		this.context.close();
		this.kopoKopo.stop(0);
	}

	/**
	 * The application.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		@EventListener
		void on(K2Event event) {
			if (event.id().startsWith("bad")) {
				throw new IllegalStateException("The listener failed");
			}
		}

	}

}
