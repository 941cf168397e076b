package io.github.k2connect.docs;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.K2ClientFactory;
import io.github.k2connect.client.K2ClientSettings;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.token.BearerTokenInterceptor;
import io.github.k2connect.token.K2Credentials;
import io.github.k2connect.token.TokenService;
import io.github.k2connect.webhook.InvalidSignatureException;
import io.github.k2connect.webhook.MalformedWebhookException;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.WebhookParser;

/**
 * A program that takes payments without Spring's container.
 */
final class PlainJava implements AutoCloseable {

	private final StkService stkService;

	private final WebhookParser webhookParser;

	private final Consumer<K2Event> listener;

	private final HttpServer server;

	PlainJava(URI kopoKopo, String clientId, String clientSecret, String apiKey, Consumer<K2Event> listener)
			throws IOException {
		K2ClientFactory clients = new K2ClientFactory(K2ClientSettings.of(kopoKopo));
		TokenService tokens = new TokenService(clients.create(), K2Credentials.of(clientId, clientSecret));
		this.stkService = new StkService(clients.create(new BearerTokenInterceptor(tokens)));
		this.webhookParser = new WebhookParser(new SignatureVerifier(apiKey, List.of()));
		this.listener = listener;
		this.server = HttpServer.create(new InetSocketAddress(0), 0);
		this.server.createContext("/k2/webhooks", this::receive);
		this.server.start();
	}

	K2Location push(String publicOrigin, String phoneNumber, long shillings) {
		return this.stkService.initiateIncomingPayment(StkPushRequest.builder()
			.tillNumber("K000000")
			.phoneNumber(phoneNumber)
			.amount(shillings)
			.callbackUrl(publicOrigin + "/k2/webhooks")
			.build());
	}

	private void receive(HttpExchange exchange) throws IOException {
		try (exchange) {
			exchange.sendResponseHeaders(handle(exchange), -1);
		}
	}

	private int handle(HttpExchange exchange) throws IOException {
		byte[] body = exchange.getRequestBody().readAllBytes();
		String signature = exchange.getRequestHeaders().getFirst(SignatureVerifier.HEADER);
		try {
			this.listener.accept(this.webhookParser.parse(body, signature));
			return 200;
		}
		catch (InvalidSignatureException ex) {
			return 401;
		}
		catch (MalformedWebhookException ex) {
			return 400;
		}
		catch (RuntimeException ex) {
			return 500;
		}
	}

	int port() {
		return this.server.getAddress().getPort();
	}

	@Override
	public void close() {
		this.server.stop(0);
	}

	/**
	 * Ask for a payment of two shillings and print all that Kopo Kopo sends.
	 * @param args the phone number, and the origin under which Kopo Kopo reaches this
	 * program
	 * @throws IOException if no port can be opened
	 */
	public static void main(String... args) throws IOException {
		PlainJava program = new PlainJava(URI.create(setting("K2_BASE_URL")), setting("K2_CLIENT_ID"),
				setting("K2_CLIENT_SECRET"), setting("K2_API_KEY"), System.out::println);
		System.out.println(program.push(args[1], args[0], 2));
	}

	private static String setting(String name) {
		return Objects.requireNonNull(System.getenv(name), () -> "Set the environment variable " + name);
	}

}
