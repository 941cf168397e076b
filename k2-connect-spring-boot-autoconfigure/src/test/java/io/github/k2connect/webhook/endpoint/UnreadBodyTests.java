package io.github.k2connect.webhook.endpoint;

import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

import io.github.k2connect.webhook.SignatureVerifier;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for bodies that are not read to their end, on Reactor Netty.
 */
@ExtendWith(OutputCaptureExtension.class)
class UnreadBodyTests {

	private static final String LOOKS_SIGNED = "0000000000000000000000000000000000000000000000000000000000000000";

	/**
	 * Far more than the limit of the endpoint and the buffers of a connection.
	 */
	private static final long MUCH = 100_000_000;

	@SuppressWarnings("NullAway.Init") // before all tests
	private static ConfigurableApplicationContext shop;

	@BeforeAll
	static void start() {
		shop = new SpringApplicationBuilder(Shop.class).web(WebApplicationType.REACTIVE)
			.run("--server.port=0", "--server.http2.enabled=true", "--k2.api-key=an-api-key", "--k2.store.type=none",
					"--k2.webhook.max-body-size=64KB", "--k2.webhook.read-timeout=1s");
	}

	@AfterAll
	static void stop() {
		shop.close();
	}

	@BeforeEach
	void forget() {
		observations().clear();
	}

	private static TestObservationRegistry observations() {
		return shop.getBean(TestObservationRegistry.class);
	}

	private static int port() {
		return shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	@ParameterizedTest
	@CsvSource({ "POST, unsigned", "POST, " + LOOKS_SIGNED, "PUT, unsigned" })
	void closesConnectionOfSenderThatDoesNotEnd(String method, String signature) {
		try (Connection sender = new Connection(port())) {
			sender.send(method + " /k2/webhooks HTTP/1.1\r\nHost: localhost\r\nX-KopoKopo-Signature: " + signature
					+ "\r\nTransfer-Encoding: chunked\r\n\r\n");
			assertThat(bytesSentUntilClosed(sender)).isLessThan(MUCH);
		}
	}

	private static long bytesSentUntilClosed(Connection sender) {
		byte[] chunk = ("10000\r\n" + " ".repeat(0x10000) + "\r\n").getBytes(StandardCharsets.US_ASCII);
		long sent = 0;
		try {
			while (sent < MUCH) {
				sender.send(chunk);
				sent += chunk.length;
			}
		}
		catch (UncheckedIOException ex) {
			// the server has closed the connection
		}
		return sent;
	}

	@ParameterizedTest
	@CsvSource({ "Transfer-Encoding: chunked, 401", "Content-Length: 1000, 401", "Content-Length: 1000000, 413" })
	void closesConnectionOfRejectedSenderThatIsSilent(String framing, int status) {
		try (Connection sender = new Connection(port()).sendHead(framing)) {
			assertThat(sender.status()).isEqualTo(status);
			assertThat(sender.remainder()).isEmpty();
		}
	}

	@Test
	void keepsConnectionOfRejectedSenderThatEnds() {
		try (Connection sender = new Connection(port())) {
			for (int i = 0; i < 3; i++) {
				assertThat(sender.sendHead("Content-Length: 50000").send(new byte[50_000]).status()).isEqualTo(401);
			}
		}
	}

	@ParameterizedTest
	@CsvSource({ "unsigned, 401", LOOKS_SIGNED + ", 408" })
	void resetsStreamThatDoesNotEnd(String signature, int status) throws Exception {
		try (Http2Connection sender = new Http2Connection(port())) {
			sender.sendHead(Map.of(SignatureVerifier.HEADER, signature)).sendBody(new byte[1000], false);
			assertThat(sender.statusBeforeReset()).isEqualTo(status);
		}
	}

	@Test
	void resetsStreamThatIsTooLarge() throws Exception {
		try (Http2Connection sender = new Http2Connection(port())) {
			sender.sendHead(Map.of(SignatureVerifier.HEADER, LOOKS_SIGNED, "Content-Length", "100000"));
			assertThat(sender.statusBeforeReset()).isEqualTo(413);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "10", "2000" })
	void rejectsStreamWithWrongContentLengthAsMalformed(String contentLength, CapturedOutput output) throws Exception {
		try (Http2Connection sender = new Http2Connection(port())) {
			sender.sendHead(Map.of(SignatureVerifier.HEADER, LOOKS_SIGNED, "Content-Length", contentLength))
				.sendBody(new byte[1000], true);
			sender.statusBeforeReset();
		}
		Awaitility.await()
			.untilAsserted(() -> assertThat(observations()).hasObservationWithNameEqualTo("k2.webhook")
				.that()
				.hasBeenStopped()
				.hasLowCardinalityKeyValue("k2.rejection", "malformed"));
		assertThat(output).doesNotContain("ERROR").doesNotContain("WARN").doesNotContain("\tat ");
	}

	/**
	 * A shop that observes.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Shop {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

}
