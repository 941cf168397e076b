package io.github.k2connect.webhook.endpoint;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.context.WebApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for hostile senders, at a server with four threads.
 */
@Tag("long")
@ParameterizedClass
@MethodSource("servers")
@ExtendWith(OutputCaptureExtension.class)
class HostileSenderTests {

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final String LOOKS_SIGNED = SignatureVerifier.HEADER + ": " + "0".repeat(64);

	private static final Duration READ_TIMEOUT = Duration.ofSeconds(4);

	private final ConfigurableApplicationContext context;

	private final int port;

	HostileSenderTests(ConfigurableApplicationContext context) {
		this.context = context;
		this.port = context.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	static Stream<ConfigurableApplicationContext> servers() {
		return Stream.of(WebApplicationType.SERVLET, WebApplicationType.REACTIVE)
			.map((type) -> new SpringApplicationBuilder(Shop.class).web(type)
				.run("--server.port=0", "--k2.api-key=an-api-key", "--k2.store.type=none",
						"--server.tomcat.threads.max=4", "--server.tomcat.threads.min-spare=4",
						"--k2.webhook.max-body-size=64KB",
						"--k2.webhook.read-timeout=" + READ_TIMEOUT.toSeconds() + "s"));
	}

	@AfterEach
	void forget() {
		events().clear();
		shop().failing = null;
	}

	private List<K2Event> events() {
		return this.context.getBean(EventRecorder.class).events();
	}

	private Shop shop() {
		return this.context.getBean(Shop.class);
	}

	private List<Connection> connections(int count, String... headers) {
		return IntStream.range(0, count).mapToObj((i) -> new Connection(this.port).sendHead(headers)).toList();
	}

	private int deliver(String path) throws Exception {
		HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + this.port + path))
			.header(SignatureVerifier.HEADER, Signatures.sign("an-api-key", WEBHOOK))
			.timeout(Duration.ofSeconds(10))
			.POST(BodyPublishers.ofByteArray(WEBHOOK))
			.build();
		return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
	}

	/**
	 * Assert that no genuine delivery waits for a thread that others block until the read
	 * timeout.
	 */
	private void assertHonestDeliveriesGoThrough() throws Exception {
		for (int i = 0; i < 8; i++) {
			long start = System.nanoTime();
			try (Connection honest = new Connection(this.port)) {
				assertThat(honest.sendSigned(WEBHOOK).status()).isEqualTo(200);
			}
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(READ_TIMEOUT);
		}
		assertThat(events()).hasSize(8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "X-Other: 1", "X-KopoKopo-Signature: abc",
			"X-KopoKopo-Signature: zzzz000000000000000000000000000000000000000000000000000000000000" })
	void rejectsMessageWithoutSignatureBeforeReadingBody(String header) throws Exception {
		for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
			List<Connection> silent = connections(20, header, framing);
			assertThat(silent).extracting(Connection::status).containsOnly(401);
			assertHonestDeliveriesGoThrough();
			silent.forEach(Connection::close);
			forget();
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000", "Transfer-Encoding: chunked" })
	void timesOutSilentSenderWithoutBlockingThread(String framing) throws Exception {
		List<Connection> silent = connections(200, LOOKS_SIGNED, framing);
		assertHonestDeliveriesGoThrough();
		assertThat(silent).extracting(Connection::status).containsOnly(408);
		assertThat(silent).extracting(Connection::remainder).containsOnly("");
		assertHonestThreads();
	}

	/**
	 * No thread spins, or blocks for bytes that never arrive.
	 */
	private void assertHonestThreads() {
		Awaitility.await()
			.untilAsserted(() -> assertThat(Thread.getAllStackTraces().values().stream().flatMap(Stream::of))
				.extracting(StackTraceElement::getClassName)
				.doesNotContain("org.apache.coyote.http11.Http11Processor"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000", "Transfer-Encoding: chunked" })
	void timesOutSenderThatDrips(String framing) throws Exception {
		long start = System.nanoTime();
		try (Connection drip = new Connection(this.port).sendHead(LOOKS_SIGNED, framing)) {
			Thread dripping = new Thread(() -> {
				try {
					for (int i = 0; i < 1000; i++) {
						drip.send(framing.startsWith("C") ? " " : "1\r\n \r\n");
						Thread.sleep(100);
					}
				}
				catch (Exception ex) {
					// the server closed the connection
				}
			});
			dripping.start();
			assertThat(drip.status()).isEqualTo(408);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(READ_TIMEOUT.minusMillis(500),
					READ_TIMEOUT.plusSeconds(4));
			dripping.join(10_000);
			assertThat(dripping.isAlive()).isFalse();
		}
	}

	@Test
	void doesNotReadRemainderOfRejectedMessageAsRequest() {
		byte[] body = request(WEBHOOK.length);
		for (String[] head : List.of(new String[] { "Content-Length: " + body.length },
				new String[] { LOOKS_SIGNED, "Content-Length: " + body.length },
				new String[] { "Content-Length: " + 1_000_000 }, new String[] { "Transfer-Encoding: chunked" },
				new String[] { "Content-Length: " + body.length, "Expect: 100-continue" })) {
			try (Connection sender = new Connection(this.port).sendHead(head)) {
				if (head[0].startsWith("Content")) {
					int status = sender.status();
					assertThat((status != 100) ? status : sender.status()).isIn(401, 413);
				}
				sender.send(body).endOutput();
				assertThat(sender.remainder()).doesNotContain("200");
			}
		}
		assertThat(events()).isEmpty();
	}

	@Test
	void handlesSeveralDeliveriesOverOneConnection() {
		try (Connection sender = new Connection(this.port)) {
			sender.sendSigned(WEBHOOK).sendSigned(WEBHOOK);
			assertThat(List.of(sender.status(), sender.status())).containsOnly(200);
			assertThat(sender.sendHead(LOOKS_SIGNED, "Content-Length: 1").send(" ").status()).isEqualTo(401);
			assertThat(sender.sendSigned(WEBHOOK).status()).isEqualTo(200);
		}
		assertThat(events()).hasSize(3);
	}

	@Test
	void ignoresBodyShorterThanAnnounced() {
		try (Connection sender = new Connection(this.port)) {
			sender.sendHead(Connection.signature(WEBHOOK), "Content-Length: " + (WEBHOOK.length + 1))
				.send(WEBHOOK)
				.endOutput();
			assertThat(sender.status()).isIn(0, 400);
		}
		assertThat(events()).isEmpty();
	}

	@Test
	void logsNothingWhenSenderDisconnects(CapturedOutput output) throws Exception {
		int before = output.length();
		for (String framing : List.of("Content-Length: 1000", "Transfer-Encoding: chunked")) {
			connections(20, LOOKS_SIGNED, framing).forEach(Connection::close);
			connections(20, Connection.signature(WEBHOOK), framing)
				.forEach((sender) -> sender.send("1\r\n{\r\n").close());
			connections(20, "X-Other: 1", framing).forEach(Connection::close);
		}
		assertHonestDeliveriesGoThrough();
		assertThat(output.getAll().substring(before)).doesNotContain("ERROR")
			.doesNotContain("WARN")
			.doesNotContain("\tat ");
	}

	@Test
	void rejectsBodyInChunksAtLimit() {
		try (Connection sender = new Connection(this.port).sendHead(LOOKS_SIGNED, "Transfer-Encoding: chunked")) {
			sender.send("10001\r\n").send(new byte[0x10001]);
			long start = System.nanoTime();
			assertThat(sender.status()).isEqualTo(413);
			assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(READ_TIMEOUT);
		}
	}

	@Test
	void rejectsBodyAnnouncedBeyondLimitAtOnce() throws Exception {
		List<Connection> silent = connections(20, LOOKS_SIGNED, "Content-Length: 65537");
		assertThat(silent).extracting(Connection::status).containsOnly(413);
		assertHonestDeliveriesGoThrough();
		silent.forEach(Connection::close);
	}

	@Test
	void respondsToExpectContinue() {
		try (Connection sender = new Connection(this.port)) {
			sender.sendHead(Connection.signature(WEBHOOK), "Content-Length: " + WEBHOOK.length, "Expect: 100-continue");
			assertThat(sender.status()).isEqualTo(100);
			assertThat(sender.send(WEBHOOK).status()).isEqualTo(200);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "/k2/webhooks;v=1", "/k2/w%65bhooks", "/k2/webhooks?shop=a%20b" })
	void acceptsOtherNotationsOfPath(String path) throws Exception {
		assertThat(deliver(path)).isEqualTo(200);
		assertThat(events()).hasSize(1);
	}

	@Test
	void handlesMessageThatArrivesWithHeaders() {
		shop().failing = DispatcherType.ASYNC;
		try (Connection sender = new Connection(this.port)) {
			for (int i = 0; i < 3; i++) {
				assertThat(sender.send(request(WEBHOOK.length)).status()).isEqualTo(200);
			}
		}
		assertThat(events()).hasSize(3);
	}

	@Test
	void readsRemainderOfMessageThatArrivesInPart() {
		for (int length = 1; length < WEBHOOK.length; length++) {
			try (Connection sender = new Connection(this.port)) {
				sender.send(request(length)).send(Arrays.copyOfRange(WEBHOOK, length, WEBHOOK.length));
				assertThat(sender.status()).isEqualTo(200);
			}
		}
		assertThat(events()).hasSize(WEBHOOK.length - 1);
	}

	@Test
	void doesNotBlockThreadForRemainderOfMessage() throws Exception {
		List<Connection> silent = IntStream.range(0, 20)
			.mapToObj((i) -> new Connection(this.port).send(request(WEBHOOK.length - 1)))
			.toList();
		assertHonestDeliveriesGoThrough();
		assertThat(silent).extracting(Connection::status).containsOnly(408);
	}

	/**
	 * Return the head of a delivery and the beginning of its body.
	 */
	private static byte[] request(int length) {
		return ("POST /k2/webhooks HTTP/1.1\r\nHost: localhost\r\n" + Connection.signature(WEBHOOK)
				+ "\r\nContent-Length: " + WEBHOOK.length + "\r\n\r\n"
				+ new String(WEBHOOK, 0, length, StandardCharsets.UTF_8))
			.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void respondsWith500WhenBodyProcessingFails() {
		Assumptions.assumeTrue(this.context instanceof WebApplicationContext,
				"Left out for the reactive stack: it has no servlet filters");
		for (DispatcherType dispatch : List.of(DispatcherType.REQUEST, DispatcherType.ASYNC)) {
			shop().failing = dispatch;
			try (Connection sender = new Connection(this.port)) {
				sender.sendHead(Connection.signature(WEBHOOK), "Transfer-Encoding: chunked")
					.send(Integer.toHexString(WEBHOOK.length) + "\r\n")
					.send(WEBHOOK)
					.send("\r\n0\r\n\r\n");
				assertThat(sender.status()).isEqualTo(500);
			}
		}
		assertThat(events()).isEmpty();
	}

	/**
	 * A shop, whose filter may fail.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	static class Shop {

		private volatile @Nullable DispatcherType failing;

		@Bean
		FilterRegistrationBean<Filter> failingFilter() {
			FilterRegistrationBean<Filter> filter = new FilterRegistrationBean<>((request, response, chain) -> {
				if (request.getDispatcherType() == this.failing) {
					throw new IllegalStateException("The filter failed");
				}
				chain.doFilter(request, response);
			});
			filter.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC);
			return filter;
		}

	}

}
