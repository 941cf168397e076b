package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.github.k2connect.webhook.SignatureVerifier;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.Filter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@code k2.webhook.max-buffered-size}, with room for five messages that wait.
 */
class MaxBufferedSizeTests {

	private static final int ROOM = 5;

	private static final byte[] WEBHOOK = "{\"topic\": \"customer_created\", \"id\": \"1\"}"
		.getBytes(StandardCharsets.UTF_8);

	private static final String LOOKS_SIGNED = SignatureVerifier.HEADER + ": " + "0".repeat(64);

	private static ConfigurableApplicationContext start(WebApplicationType type) {
		return start(Shop.class, type);
	}

	private static ConfigurableApplicationContext start(Class<?> application, WebApplicationType type) {
		return new SpringApplicationBuilder(application).web(type)
			.run("--server.port=0", "--server.http2.enabled=true", "--k2.api-key=an-api-key", "--k2.store.type=none",
					"--k2.webhook.max-buffered-size=" + (ROOM * 32 + 16) + "KB");
	}

	private static int port(ConfigurableApplicationContext shop) {
		return shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
	}

	private static void awaitSize(ConfigurableApplicationContext shop, long size) {
		UnfinishedMessages unfinished = shop.getBean(WebhookEndpoint.class).unfinished();
		Awaitility.await().untilAsserted(() -> assertThat(unfinished.size()).isEqualTo(size));
	}

	/**
	 * Senders that wait, each begun after the one before.
	 */
	private static List<Connection> senders(ConfigurableApplicationContext shop, int count, String... headers) {
		long size = 32 * 1024;
		List<Connection> senders = Stream.generate(() -> new Connection(port(shop))).limit(count).toList();
		for (int i = 0; i < count; i++) {
			senders.get(i).sendHead(headers);
			awaitSize(shop, size * Math.min(i + 1, ROOM));
		}
		return senders;
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void givesUpOldestMessageAndReceivesOthers(WebApplicationType type) {
		try (ConfigurableApplicationContext shop = start(type); Connection genuine = new Connection(port(shop))) {
			List<Connection> senders = senders(shop, ROOM, LOOKS_SIGNED, "Content-Length: 1000");
			genuine.sendHead(Connection.signature(WEBHOOK), "Content-Length: " + WEBHOOK.length);
			assertThat(senders.get(0).status()).isEqualTo(503);
			assertThat(senders.get(0).remainder()).isEmpty();
			assertThat(genuine.send(WEBHOOK).status()).isEqualTo(200);
			assertThat(shop.getBean(EventRecorder.class).events()).hasSize(1);
			senders.forEach(Connection::close);
			awaitSize(shop, 0);
		}
	}

	/**
	 * Jetty does not let another thread complete a request whose time is just over. The
	 * connection ends when the read timeout of ten seconds is over.
	 */
	@Test
	void receivesMessageWhenTimeOfOldestIsJustOver() {
		try (ConfigurableApplicationContext shop = start(ExpiringShop.class, WebApplicationType.SERVLET);
				Connection genuine = new Connection(port(shop))) {
			List<Connection> senders = senders(shop, ROOM, LOOKS_SIGNED, "Content-Length: 1000");
			genuine.sendHead(Connection.signature(WEBHOOK), "Content-Length: " + WEBHOOK.length);
			assertThat(senders.get(0).status()).isEqualTo(503);
			assertThat(genuine.send(WEBHOOK).status()).isEqualTo(200);
			assertThat(senders.get(0).remainder()).isEmpty();
			senders.forEach(Connection::close);
			awaitSize(shop, 0);
		}
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void countsBytesOfBodies(WebApplicationType type) {
		try (ConfigurableApplicationContext shop = start(type)) {
			List<Connection> senders = senders(shop, 2, LOOKS_SIGNED, "Transfer-Encoding: chunked");
			try (Connection large = new Connection(port(shop))) {
				large.sendHead(LOOKS_SIGNED, "Transfer-Encoding: chunked").send("19000\r\n").send(new byte[100 * 1024]);
				assertThat(senders.get(0).status()).isEqualTo(503);
			}
			senders.forEach(Connection::close);
			awaitSize(shop, 0);
		}
	}

	@ParameterizedTest
	@ValueSource(strings = { "Content-Length: 1000", "Transfer-Encoding: chunked" })
	void givesUpDiscardingBodiesOfRejectedMessages(String framing) {
		try (ConfigurableApplicationContext shop = start(WebApplicationType.SERVLET)) {
			List<Connection> senders = Stream.generate(() -> new Connection(port(shop)).sendHead(framing))
				.limit(3 * ROOM)
				.toList();
			assertThat(senders).extracting(Connection::status).containsOnly(401);
			senders.forEach(Connection::close);
			awaitSize(shop, 0);
		}
	}

	/**
	 * A stream takes more memory than a connection.
	 */
	@Test
	void givesUpOlderStreamOfHttp2() throws Exception {
		Map<String, String> looksSigned = Map.of(SignatureVerifier.HEADER, "0".repeat(64));
		try (ConfigurableApplicationContext shop = start(WebApplicationType.SERVLET);
				Http2Connection older = new Http2Connection(port(shop));
				Http2Connection newer = new Http2Connection(port(shop))) {
			older.sendHead(looksSigned).sendBody(new byte[1], false);
			awaitSize(shop, 160 * 1024 + 1);
			newer.sendHead(looksSigned);
			assertThat(older.statusBeforeReset()).isEqualTo(503);
			awaitSize(shop, 160 * 1024);
		}
	}

	/**
	 * A shop.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	static class Shop {

	}

	/**
	 * A shop whose requests cannot be completed at the first attempt.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import(Shop.class)
	static class ExpiringShop {

		@Bean
		Filter expiring() {
			return (request, response, chain) -> chain.doFilter(new ExpiringRequest((HttpServletRequest) request),
					response);
		}

	}

	private static final class ExpiringRequest extends HttpServletRequestWrapper {

		private final AtomicBoolean expiring = new AtomicBoolean(true);

		ExpiringRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public AsyncContext getAsyncContext() {
			if (LOOKS_SIGNED.endsWith(getHeader(SignatureVerifier.HEADER)) && this.expiring.getAndSet(false)) {
				throw new IllegalStateException("The time is over");
			}
			return super.getAsyncContext();
		}

	}

}
