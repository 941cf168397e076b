package io.github.k2connect.webhook.endpoint;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Writer;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

import io.github.k2connect.event.K2Event;
import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.micrometer.observation.tck.TestObservationRegistry;
import jakarta.servlet.Filter;
import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

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
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.request.MockMvcRequestBuilders;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.filter.CommonsRequestLoggingFilter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.util.ContentCachingRequestWrapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the endpoint behind filters that keep, replace or consume the body of a
 * request. Spring Security protects the error page.
 */
@ExtendWith(OutputCaptureExtension.class)
class FilteredBodyTests {

	private static final byte[] WEBHOOK = """
			{"topic": "buygoods_transaction_received", "id": "1", "event": {"resource": {"sender_phone_number":
			"+254712345678"}}}""".getBytes(StandardCharsets.UTF_8);

	private static final String LOOKS_SIGNED = "0".repeat(64);

	private @Nullable ConfigurableApplicationContext context;

	@AfterEach
	void stop() {
		if (this.context != null) {
			this.context.close();
		}
	}

	private ConfigurableApplicationContext start(Filter filter, String... properties) {
		FilterRegistrationBean<Filter> registration = new FilterRegistrationBean<>(filter);
		registration.setName("custom");
		registration.setOrder(0);
		registration.setAsyncSupported(!List.of(properties).contains("async=false"));
		return start(SecuredShop.class, WebApplicationType.SERVLET, "filter", registration,
				Stream.concat(Stream.of("without.security="), Stream.of(properties)).toArray(String[]::new));
	}

	private ConfigurableApplicationContext start(Class<?> application, WebApplicationType type, String name,
			Object filter, String... properties) {
		Stream<String> fixed = Stream.of("server.port=0", "k2.api-key=an-api-key", "k2.store.type=none",
				"k2.webhook.read-timeout=3s", "spring.reactor.netty.shutdown-quiet-period=500ms");
		ConfigurableApplicationContext context = new SpringApplicationBuilder(application).web(type)
			.initializers((beans) -> beans.getBeanFactory().registerSingleton(name, filter))
			.run(Stream.concat(fixed, Stream.of(properties)).map("--"::concat).toArray(String[]::new));
		this.context = context;
		return context;
	}

	private static HttpResponse<String> deliver(ConfigurableApplicationContext shop, String signature)
			throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(uri(shop))
				.header(SignatureVerifier.HEADER, signature)
				.header("Content-Type", "application/json")
				.POST(BodyPublishers.ofByteArray(WEBHOOK))
				.build(), BodyHandlers.ofString());
	}

	private static URI uri(ConfigurableApplicationContext shop) {
		String port = shop.getEnvironment().getRequiredProperty("local.server.port");
		return URI.create("http://localhost:" + port + "/k2/webhooks");
	}

	private static void assertReceives(ConfigurableApplicationContext shop) throws Exception {
		assertThat(deliver(shop, Signatures.sign("an-api-key", WEBHOOK)).statusCode()).isEqualTo(200);
		assertThat(shop.getBean(EventRecorder.class).events()).extracting(K2Event::id).containsExactly("1");
		for (String signature : List.of(LOOKS_SIGNED, "")) {
			HttpResponse<String> forged = deliver(shop, signature);
			assertThat(forged.statusCode()).isEqualTo(401);
			assertThat(forged.headers().firstValue("WWW-Authenticate")).isEmpty();
		}
		assertThat(shop.getBean(EventRecorder.class).events()).hasSize(1);
	}

	private static void assertFails(ConfigurableApplicationContext shop) throws Exception {
		HttpResponse<String> response = deliver(shop, Signatures.sign("an-api-key", WEBHOOK));
		assertThat(response.statusCode()).isEqualTo(500);
		assertThat(response.body()).isEmpty();
		assertThat(shop.getBean(EventRecorder.class).events()).isEmpty();
		assertThat(shop.getBean(TestObservationRegistry.class)).hasNumberOfObservationsWithNameEqualTo("k2.webhook", 1)
			.hasObservationWithNameEqualTo("k2.webhook")
			.that()
			.hasBeenStopped()
			.hasError()
			.hasLowCardinalityKeyValue("k2.outcome", "failed");
	}

	@Test
	void receivesMessagesBehindLogbook(CapturedOutput output) throws Exception {
		assertReceives(start((request, response, chain) -> chain.doFilter(request, response), "without.logbook=",
				"logging.level.org.zalando.logbook=trace"));
		assertThat(output).contains("\"type\":\"request\"").contains("buygoods_transaction_received");
	}

	@ParameterizedTest
	@EnumSource
	void receivesMessagesThatFilterReplays(Replay replay) throws Exception {
		assertReceives(start((request, response, chain) -> chain
			.doFilter(new ReplayedRequest((HttpServletRequest) request, replay), response)));
	}

	@Test
	void receivesMessagesThatFilterCaches() throws Exception {
		assertReceives(start((request, response, chain) -> chain
			.doFilter(new ContentCachingRequestWrapper((HttpServletRequest) request, 10_000), response)));
	}

	@Test
	void receivesMessagesThatFilterLogs(CapturedOutput output) throws Exception {
		CommonsRequestLoggingFilter filter = new CommonsRequestLoggingFilter();
		filter.setIncludePayload(true);
		filter.setMaxPayloadLength(10_000);
		assertReceives(start(filter, "logging.level.org.springframework.web.filter=debug"));
		assertThat(output).contains("payload={\"topic\"");
	}

	@Test
	void receivesMessagesBehindFilterWithoutAsyncSupport() throws Exception {
		assertReceives(start((request, response, chain) -> chain.doFilter(request, response), "async=false"));
	}

	@ParameterizedTest
	@ValueSource(strings = { "stream", "reader", "replaced", "empty" })
	void namesFilterThatConsumedBody(String way, CapturedOutput output) throws Exception {
		assertFails(start((request, response, chain) -> {
			HttpServletRequest passedOn = (HttpServletRequest) request;
			switch (way) {
				case "stream" -> request.getInputStream().readAllBytes();
				case "reader" -> request.getReader().transferTo(Writer.nullWriter());
				case "replaced" -> {
					request.getReader().transferTo(Writer.nullWriter());
					passedOn = new HttpServletRequestWrapper(passedOn);
				}
				default -> passedOn = new ReplayedRequest(passedOn, Replay.EMPTY_LISTENER, new byte[0]);
			}
			chain.doFilter(passedOn, response);
		}));
		assertThat(output.getOut().lines().filter((line) -> line.contains(" ERROR ")).toList()).singleElement()
			.asString()
			.contains("Failed to read a message. A filter of the application has already read the body.",
					"Exclude the path of the endpoint from that filter");
		assertThat(output).doesNotContain("254712345678").doesNotContain("\tat ");
	}

	@Test
	void reportsUnexpectedFailureOfFilteredBody(CapturedOutput output) throws Exception {
		assertFails(start((request, response, chain) -> chain
			.doFilter(new HttpServletRequestWrapper((HttpServletRequest) request) {

				@Override
				public ServletInputStream getInputStream() {
					throw new UnsupportedOperationException("The wrapper is broken");
				}

			}, response)));
		assertThat(output.getOut().lines().filter((line) -> line.contains(" ERROR "))).singleElement()
			.asString()
			.contains("Failed to receive a message; Kopo Kopo may deliver it again");
		assertThat(output).contains("The wrapper is broken");
	}

	@Test
	void rejectsMessageWhoseFilteredBodyIsTooLarge() throws Exception {
		byte[] large = new byte[300_000];
		assertThat(deliver(
				start((request, response, chain) -> chain.doFilter(
						new ReplayedRequest((HttpServletRequest) request, Replay.EMPTY_LISTENER, large), response)),
				Signatures.sign("an-api-key", large))
			.statusCode()).isEqualTo(413);
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void rejectsEmptyMessageThatFilterDecompresses(boolean compressed) throws Exception {
		ConfigurableApplicationContext shop = start((request, response, chain) -> chain
			.doFilter(new DecompressedRequest((HttpServletRequest) request), response));
		assertRejectsEmpty(shop, compressed ? compressed() : new byte[0]);
	}

	@Test
	void rejectsEmptyMessageThatReactiveFilterDecompresses() throws Exception {
		WebFilter filter = (exchange, chain) -> chain
			.filter(exchange.mutate().request(new ServerHttpRequestDecorator(exchange.getRequest()) {

				@Override
				public Flux<DataBuffer> getBody() {
					return super.getBody().filter((buffer) -> false);
				}

			}).build());
		assertRejectsEmpty(start(Shop.class, WebApplicationType.REACTIVE, "webFilter", filter), compressed());
	}

	private static void assertRejectsEmpty(ConfigurableApplicationContext shop, byte[] body) throws Exception {
		for (String signature : List.of("", LOOKS_SIGNED)) {
			HttpRequest request = HttpRequest.newBuilder(uri(shop))
				.header(SignatureVerifier.HEADER, signature)
				.header("Content-Encoding", "gzip")
				.POST(BodyPublishers.ofByteArray(body))
				.build();
			assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode())
				.isEqualTo((signature.isEmpty() || body.length > 0) ? 401 : 400);
		}
	}

	private static byte[] compressed() throws IOException {
		ByteArrayOutputStream compressed = new ByteArrayOutputStream();
		new GZIPOutputStream(compressed).close();
		return compressed.toByteArray();
	}

	@Test
	void respondsToMockMvc() throws Exception {
		ConfigurableApplicationContext shop = start((request, response, chain) -> chain.doFilter(request, response));
		MockMvc mvc = MockMvcBuilders.webAppContextSetup((WebApplicationContext) shop).build();
		assertThat(statusOf(mvc, LOOKS_SIGNED, null)).isEqualTo(401);
		assertThat(statusOf(mvc, "", null)).isEqualTo(401);
		assertThat(statusOf(mvc, Signatures.sign("an-api-key", new byte[0]), null)).isEqualTo(400);
		assertThat(statusOf(mvc, Signatures.sign("an-api-key", WEBHOOK), WEBHOOK)).isEqualTo(200);
		assertThat(statusOf(mvc, LOOKS_SIGNED, new byte[300_000])).isEqualTo(413);
		assertThat(shop.getBean(EventRecorder.class).events()).hasSize(1);
		assertThat(shop.getBean(TestObservationRegistry.class)).hasNumberOfObservationsWithNameEqualTo("k2.webhook", 5);
	}

	private static int statusOf(MockMvc mvc, String signature, byte @Nullable [] content) throws Exception {
		return mvc.perform(MockMvcRequestBuilders.post("/k2/webhooks")
			.header(SignatureVerifier.HEADER, signature)
			.content((content != null) ? content : new byte[0])
			.with((request) -> {
				if (content == null) {
					request.setContent(null);
				}
				return request;
			})).andReturn().getResponse().getStatus();
	}

	@ParameterizedTest
	@ValueSource(booleans = { true, false })
	void namesReactiveFilterThatConsumedBody(boolean emptied, CapturedOutput output) throws Exception {
		WebFilter filter = (exchange, chain) -> DataBufferUtils.join(exchange.getRequest().getBody())
			.doOnNext(DataBufferUtils::release)
			.then(chain.filter(!emptied ? exchange
					: exchange.mutate().request(new ServerHttpRequestDecorator(exchange.getRequest()) {

						@Override
						public Flux<DataBuffer> getBody() {
							return Flux.empty();
						}

					}).build()));
		assertFails(start(Shop.class, WebApplicationType.REACTIVE, "webFilter", filter));
		assertThat(output.getOut().lines().filter((line) -> line.contains(" ERROR "))).singleElement()
			.asString()
			.contains("A filter of the application has already read the body.");
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void rejectsBodyInMalformedChunksWithoutNoise(WebApplicationType type, CapturedOutput output) {
		Object filter = (type == WebApplicationType.SERVLET)
				? new FilterRegistrationBean<Filter>((request, response, chain) -> chain.doFilter(request, response))
				: (WebFilter) (exchange, chain) -> chain.filter(exchange);
		ConfigurableApplicationContext shop = start(Shop.class, type, "filter", filter);
		int port = shop.getEnvironment().getRequiredProperty("local.server.port", Integer.class);
		int startup = output.length();
		try (Connection sender = new Connection(port)) {
			sender.sendHead(SignatureVerifier.HEADER + ": " + LOOKS_SIGNED, "Transfer-Encoding: chunked")
				.send("zz\r\nno chunk\r\n");
			assertThat(sender.status()).isIn(0, 400);
		}
		assertThat(output.getAll().substring(startup)).doesNotContain("ERROR").doesNotContain("k2connect.webhook");
	}

	/**
	 * How a wrapper reads the body, and whether it supports a read listener.
	 */
	enum Replay {

		/**
		 * The wrapper of most tutorials.
		 */
		REFUSED_LISTENER,

		EMPTY_LISTENER,

		READER

	}

	private static final class ReplayedRequest extends HttpServletRequestWrapper {

		private final Replay replay;

		private final byte[] body;

		ReplayedRequest(HttpServletRequest request, Replay replay) throws IOException {
			this(request, replay, (replay == Replay.READER) ? read(request) : request.getInputStream().readAllBytes());
		}

		ReplayedRequest(HttpServletRequest request, Replay replay, byte[] body) {
			super(request);
			this.replay = replay;
			this.body = body;
		}

		private static byte[] read(HttpServletRequest request) throws IOException {
			StringBuilder text = new StringBuilder();
			int next = request.getReader().read();
			while (next >= 0) {
				text.append((char) next);
				next = request.getReader().read();
			}
			return text.toString().getBytes(StandardCharsets.UTF_8);
		}

		@Override
		public ServletInputStream getInputStream() {
			return new ReplayedBody(this.body, this.replay);
		}

	}

	/**
	 * Decompresses the body, but leaves the headers.
	 */
	private static final class DecompressedRequest extends HttpServletRequestWrapper {

		DecompressedRequest(HttpServletRequest request) {
			super(request);
		}

		@Override
		public ServletInputStream getInputStream() throws IOException {
			return new ReplayedBody(new GZIPInputStream(super.getInputStream()).readAllBytes(), Replay.EMPTY_LISTENER);
		}

	}

	/**
	 * Reads byte by byte, like the streams of tutorials.
	 */
	@SuppressWarnings("InputStreamSlowMultibyteRead")
	private static final class ReplayedBody extends ServletInputStream {

		private final ByteArrayInputStream body;

		private final Replay replay;

		ReplayedBody(byte[] body, Replay replay) {
			this.body = new ByteArrayInputStream(body);
			this.replay = replay;
		}

		@Override
		public int read() {
			return this.body.read();
		}

		@Override
		public boolean isFinished() {
			return this.body.available() == 0;
		}

		@Override
		public boolean isReady() {
			return true;
		}

		@Override
		public void setReadListener(ReadListener listener) {
			if (this.replay == Replay.REFUSED_LISTENER) {
				throw new UnsupportedOperationException();
			}
		}

	}

	/**
	 * A shop that observes.
	 */
	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(EventRecorder.class)
	static class Shop {

		@Bean
		TestObservationRegistry observations() {
			return TestObservationRegistry.create();
		}

	}

	/**
	 * A shop with Spring Security, which permits the endpoint only.
	 */
	@Configuration(proxyBeanMethods = false)
	@Import({ Shop.class, PermittedWebhooks.class })
	static class SecuredShop {

	}

}
