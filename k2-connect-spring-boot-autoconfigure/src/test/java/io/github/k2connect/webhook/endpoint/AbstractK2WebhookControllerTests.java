package io.github.k2connect.webhook.endpoint;

import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import io.github.k2connect.event.BuygoodsTransactionReceived;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.K2ResultEvent;
import io.github.k2connect.event.StkPushResult;
import io.github.k2connect.event.UnrecognizedK2Event;
import io.github.k2connect.webhook.Signatures;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.event.EventListener;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.test.context.TestPropertySource;
import org.springframework.util.Assert;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the responses of the webhook endpoint, on a real server of each web stack.
 */
@TestPropertySource(properties = { "k2.api-key=an-api-key", "k2.previous-api-keys=an-older-key",
		"k2.webhook.path=/hooks/k2", "k2.store.type=none" })
@ExtendWith(OutputCaptureExtension.class)
abstract class AbstractK2WebhookControllerTests {

	static final String KEY = "an-api-key";

	static final String WEBHOOK = """
			{"topic": "buygoods_transaction_received", "id": "2133dbfb", "event": {"resource": {"amount": "100.0",
			"sender_phone_number": "+254712345678"}}}""";

	private static final int LIMIT = 256 * 1024;

	private static final String RESULT = """
			{"data": {"id": "247b1bd8", "type": "incoming_payment", "attributes": {"status": "Success"}}}""";

	private final HttpClient http = HttpClient.newHttpClient();

	@LocalServerPort
	private int port;

	@Autowired
	private Application application;

	@BeforeEach
	void forget() {
		this.application.events.clear();
		this.application.reaction = (event) -> {
		};
	}

	private static byte[] bytes(String body) {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	private int post(String body) throws Exception {
		return post(bytes(body), Signatures.sign(KEY, bytes(body))).statusCode();
	}

	private HttpResponse<String> post(byte[] body, @Nullable String signature, String... headers) throws Exception {
		return post(BodyPublishers.ofByteArray(body), signature, headers);
	}

	private HttpResponse<String> post(BodyPublisher body, @Nullable String signature, String... headers)
			throws Exception {
		HttpRequest.Builder request = HttpRequest
			.newBuilder(URI.create("http://localhost:" + this.port + "/shop/hooks/k2"))
			.POST(body);
		if (signature != null) {
			request.header("X-KopoKopo-Signature", signature);
		}
		if (headers.length > 0) {
			request.headers(headers);
		}
		return this.http.send(request.build(), BodyHandlers.ofString());
	}

	@Test
	void publishesSignedWebhookBeforeResponse() throws Exception {
		HttpResponse<String> answer = post(bytes(WEBHOOK), Signatures.sign(KEY, bytes(WEBHOOK)));
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEmpty();
		assertThat(this.application.events).singleElement().isInstanceOf(BuygoodsTransactionReceived.class);
	}

	@Test
	void receivesResultAtSameAddress() throws Exception {
		assertThat(post(RESULT)).isEqualTo(200);
		assertThat(this.application.events).singleElement().isInstanceOf(StkPushResult.class);
		assertThat(this.application.results).contains((K2ResultEvent) this.application.events.get(0));
	}

	@Test
	void acceptsSignatureWithPreviousKey() throws Exception {
		assertThat(post(bytes(WEBHOOK), Signatures.sign("an-older-key", bytes(WEBHOOK))).statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "abc", "zzzz", "0000000000000000000000000000000000000000000000000000000000000000" })
	void rejectsMessageWithoutSignature(@Nullable String signature) throws Exception {
		HttpResponse<String> answer = post(bytes(WEBHOOK), signature);
		assertThat(answer.statusCode()).isEqualTo(401);
		assertThat(answer.body()).isEmpty();
		assertThat(this.application.events).isEmpty();
	}

	@Test
	void rejectsSignatureThatIsTooLong() throws Exception {
		assertThat(post(bytes(WEBHOOK), "a".repeat(4000)).statusCode()).isEqualTo(401);
	}

	@Test
	void rejectsSignatureOfAnotherBody() throws Exception {
		byte[] dearer = bytes(WEBHOOK.replace("100.0", "900.0"));
		assertThat(post(dearer, Signatures.sign(KEY, bytes(WEBHOOK))).statusCode()).isEqualTo(401);
		assertThat(post(bytes("{not parsed"), "0".repeat(64)).statusCode()).isEqualTo(401);
		assertThat(this.application.events).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "", " ", "{", "{\"id\":\"1\"", "{\"id\":\"1\"}{}", "{\"id\":\"1\"} x", "[]", "\"id\"", "1",
			"null", "not JSON", "id=1&topic=buygoods_transaction_received", "{}", "{\"topic\":\"customer_created\"}",
			"{\"id\":null}", "{\"data\":{}}", "{\"data\":[]}" })
	void respondsWith400ToSignedBodyThatIsNoMessage(String body) throws Exception {
		HttpResponse<String> answer = post(bytes(body), Signatures.sign(KEY, bytes(body)));
		assertThat(answer.statusCode()).isEqualTo(400);
		assertThat(answer.body()).isEmpty();
		assertThat(this.application.events).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(strings = { "[", "{\"a\":" })
	void respondsWith400ToDeeplyNestedBody(String level) throws Exception {
		assertThat(post("{\"id\":\"1\",\"x\":" + level.repeat(40_000))).isEqualTo(400);
	}

	@Test
	void respondsWith400ToBytesThatAreNoText() throws Exception {
		byte[] body = { '{', '"', 'i', 'd', '"', ':', '"', (byte) 0xC3, (byte) 0x28, '"', '}' };
		assertThat(post(body, Signatures.sign(KEY, body)).statusCode()).isEqualTo(400);
	}

	@ParameterizedTest
	@ValueSource(strings = { "{\"topic\":\"till_closed\",\"id\":\"1\"}", "{\"id\":\"1\"}",
			"{\"data\":{\"id\":\"1\",\"type\":\"refund\"}}",
			"{\"topic\":\"buygoods_transaction_received\",\"id\":\"1\",\"event\":{\"resource\":{\"amount\":\"much\"}}}" })
	void publishesUnrecognizedMessage(String body, CapturedOutput output) throws Exception {
		assertThat(post(body)).isEqualTo(200);
		assertThat(this.application.events).singleElement()
			.isInstanceOfSatisfying(UnrecognizedK2Event.class, (event) -> {
				assertThat(event.id()).isEqualTo("1");
				assertThat(event.payload()).isEqualTo(body);
			});
		assertThat(output).contains("WARN").contains("No record for message \"1\"");
	}

	@Test
	void allowsListenerToBlock() throws Exception {
		this.application.reaction = (event) -> {
			Assert.state(!Schedulers.isInNonBlockingThread(), "This is an event loop");
			Mono.delay(Duration.ofMillis(1)).block();
		};
		assertThat(post(WEBHOOK)).isEqualTo(200);
	}

	@Test
	void respondsWith500WhenListenerFails(CapturedOutput output) throws Exception {
		this.application.reaction = (event) -> {
			throw new IllegalStateException("The database is away");
		};
		assertThat(post(WEBHOOK)).isEqualTo(500);
		assertThat(output).contains("2133dbfb").contains("The database is away").doesNotContain("254712345678");
		this.application.reaction = (event) -> {
		};
		assertThat(post(WEBHOOK)).isEqualTo(200);
		assertThat(this.application.events).hasSize(2);
	}

	@Test
	void respondsWith500WhenListenerThrowsError() throws Exception {
		this.application.reaction = (event) -> {
			throw new NoClassDefFoundError("com/example/Missing");
		};
		assertThat(post(WEBHOOK)).isEqualTo(500);
	}

	@Test
	void readsBodyAtLimit() throws Exception {
		assertThat(post(WEBHOOK + " ".repeat(LIMIT - WEBHOOK.length()))).isEqualTo(200);
		assertThat(statusOf("Content-Length: " + (LIMIT + 1) + "\r\n\r\n")).isEqualTo(413);
	}

	@Test
	void stopsReadingBodyBeyondLimit() {
		assertThat(statusOf(
				"Transfer-Encoding: chunked\r\n\r\n" + Integer.toHexString(5 * LIMIT) + "\r\n" + " ".repeat(LIMIT + 1)))
			.isEqualTo(413);
		assertThat(this.application.events).isEmpty();
	}

	/**
	 * Send what the server reads before it closes the connection: whoever sends more may
	 * be reset before the response is read.
	 */
	private int statusOf(String lastHeaderAndBody) {
		try (Connection sender = new Connection(this.port)) {
			return sender
				.send("POST /shop/hooks/k2 HTTP/1.1\r\nHost: localhost\r\n"
						+ Connection.signature(bytes("no body of this test")) + "\r\n" + lastHeaderAndBody)
				.status();
		}
	}

	@Test
	void readsBodyInChunks() throws Exception {
		assertThat(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes(WEBHOOK))),
				Signatures.sign(KEY, bytes(WEBHOOK)))
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest
	@ValueSource(strings = { "application/json", "application/x-www-form-urlencoded", "text/plain;charset=UTF-16",
			"application/octet-stream", "application/xml", "nonsense", "multipart/form-data",
			"multipart/form-data; boundary=x" })
	void ignoresContentType(String contentType) throws Exception {
		assertThat(post(bytes(WEBHOOK), Signatures.sign(KEY, bytes(WEBHOOK)), "Content-Type", contentType).statusCode())
			.isEqualTo(200);
		assertThat(this.application.events).singleElement().isInstanceOf(BuygoodsTransactionReceived.class);
	}

	@ParameterizedTest
	@ValueSource(strings = { "GET", "HEAD", "PUT", "DELETE", "OPTIONS", "PATCH" })
	void allowsPostOnly(String method, CapturedOutput output) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + "/shop/hooks/k2"))
			.header("Accept", "application/json")
			.method(method, BodyPublishers.noBody())
			.build();
		HttpResponse<String> response = this.http.send(request, BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(405);
		assertThat(response.headers().allValues("Allow")).containsExactly("POST");
		assertThat(response.body()).isEmpty();
		assertThat(output).doesNotContain("WARN");
	}

	/**
	 * An application whose exception handler responds with 200 to every exception.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@RestControllerAdvice
	static class Application {

		private final List<K2Event> events = new CopyOnWriteArrayList<>();

		private final List<K2ResultEvent> results = new CopyOnWriteArrayList<>();

		private volatile Consumer<K2Event> reaction = (event) -> {
		};

		@EventListener
		void on(K2Event event) {
			this.events.add(event);
			this.reaction.accept(event);
		}

		@EventListener
		void onResult(K2ResultEvent event) {
			this.results.add(event);
		}

		@ExceptionHandler(IllegalStateException.class)
		ResponseEntity<String> handle(IllegalStateException ex) {
			return ResponseEntity.status(HttpStatus.OK).body("handled");
		}

	}

}
