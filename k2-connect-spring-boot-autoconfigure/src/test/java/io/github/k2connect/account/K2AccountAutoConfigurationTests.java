package io.github.k2connect.account;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ConnectionException;
import io.github.k2connect.K2Location;
import io.github.k2connect.autoconfigure.K2AutoConfigurations;
import io.github.k2connect.client.K2RestClientCustomizer;
import io.github.k2connect.stk.StkPushRequest;
import io.github.k2connect.stk.StkService;
import io.github.k2connect.testfixtures.WireMockKopoKopo;
import io.github.k2connect.token.TokenService;
import io.micrometer.observation.tck.TestObservationRegistry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.http.client.autoconfigure.HttpClientAutoConfiguration;
import org.springframework.boot.http.client.autoconfigure.imperative.ImperativeHttpClientAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.autoconfigure.RestClientAutoConfiguration;
import org.springframework.boot.restclient.autoconfigure.RestClientObservationAutoConfiguration;
import org.springframework.boot.test.context.runner.AbstractApplicationContextRunner;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.ReactiveWebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationContext;
import org.springframework.web.client.RestClient;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.absent;
import static com.github.tomakehurst.wiremock.client.WireMock.equalTo;
import static com.github.tomakehurst.wiremock.client.WireMock.equalToJson;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.getRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2AccountAutoConfiguration}, whose client calls a server.
 */
class K2AccountAutoConfigurationTests {

	@RegisterExtension
	static final WireMockKopoKopo kopoKopo = new WireMockKopoKopo();

	private static final String JSON = """
			{"payment_channel": "M-PESA STK Push", "till_number": "K000000", "subscriber": {"phone_number": "+254712345678"},
			"amount": {"currency": "KES", "value": 100}, "_links": {"callback_url": "https://shop.example/k2/webhooks"}}""";

	private static final AutoConfigurations AUTO_CONFIGURATIONS = K2AutoConfigurations.with(
			RestClientAutoConfiguration.class, HttpClientAutoConfiguration.class,
			ImperativeHttpClientAutoConfiguration.class, JacksonAutoConfiguration.class,
			ObservationAutoConfiguration.class, RestClientObservationAutoConfiguration.class);

	private static final String[] PROPERTIES = { "k2.client-id=client", "k2.client-secret=s3cret",
			"k2.callback-url=https://shop.example/k2/webhooks" };

	private final ApplicationContextRunner runner = configured(new ApplicationContextRunner());

	private final ReactiveWebApplicationContextRunner reactive = configured(new ReactiveWebApplicationContextRunner());

	private final StkPushRequest request = StkPushRequest.builder()
		.tillNumber("K000000")
		.phoneNumber("0712 345 678")
		.amount(100)
		.build();

	private static <R extends AbstractApplicationContextRunner<R, ?, ?>> R configured(R runner) {
		return runner.withConfiguration(AUTO_CONFIGURATIONS)
			.withPropertyValues(PROPERTIES)
			.withPropertyValues("k2.base-url=" + kopoKopo.baseUrl() + "/");
	}

	@BeforeEach
	void createPush() {
		kopoKopo.stubFor(post("/api/v1/incoming_payments")
			.willReturn(aResponse().withStatus(201).withHeader("Location", "/api/v1/incoming_payments/1")));
	}

	@Test
	void sendsDefaultCallbackAndToken() {
		this.runner.run((context) -> {
			K2Location location = context.getBean(StkService.class).initiateIncomingPayment(this.request);
			assertThat(location).isEqualTo(K2Location.of(kopoKopo.baseUrl() + "/api/v1/incoming_payments/1"));
			kopoKopo.verify(postRequestedFor(urlEqualTo("/api/v1/incoming_payments"))
				.withHeader("Authorization", equalTo("Bearer " + WireMockKopoKopo.TOKEN))
				.withRequestBody(equalToJson(JSON)));
		});
	}

	@Test
	void usesConfiguredVersion() {
		kopoKopo.stubFor(post("/api/v2/incoming_payments")
			.willReturn(aResponse().withStatus(201).withHeader("Location", "/api/v2/incoming_payments/1")));
		this.runner.withPropertyValues("k2.api-version=v2").run((context) -> {
			assertThat(context.getBean(StkService.class).initiateIncomingPayment(this.request).uri())
				.hasPath("/api/v2/incoming_payments/1");
		});
	}

	@Test
	void ignoresNamingStrategyOfApplication() {
		this.runner.withPropertyValues("spring.jackson.property-naming-strategy=UPPER_CAMEL_CASE",
				"spring.jackson.default-property-inclusion=always", "spring.jackson.serialization.indent-output=true")
			.run((context) -> {
				context.getBean(StkService.class).initiateIncomingPayment(this.request);
				kopoKopo.verify(
						postRequestedFor(urlEqualTo("/api/v1/incoming_payments")).withRequestBody(equalToJson(JSON)));
			});
	}

	@Test
	void createsHttpClientWithFirstRequest() {
		AtomicInteger builders = new AtomicInteger();
		this.runner.withBean(RestClientCustomizer.class, () -> (builder) -> builders.incrementAndGet())
			.run((context) -> {
				StkService stk = context.getBean(StkService.class);
				assertThat(builders).hasValue(0);
				stk.initiateIncomingPayment(this.request);
				assertThat(builders).hasValue(1);
			});
	}

	@Test
	void failsAtStartWithFailingCustomizer() {
		this.runner.withBean(K2RestClientCustomizer.class, () -> (builder) -> {
			throw new IllegalStateException("Wrong proxy");
		}).run((context) -> assertThat(context).getFailure().rootCause().hasMessage("Wrong proxy"));
	}

	@Test
	void appliesCustomizersToAllRequests() {
		this.runner.withBean(RestClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-Boot", "yes"))
			.withBean(K2RestClientCustomizer.class, () -> (builder) -> builder.defaultHeader("X-K2", "yes"))
			.run((context) -> {
				context.getBean(StkService.class).initiateIncomingPayment(this.request);
				for (String path : List.of("/oauth/token", "/api/v1/incoming_payments")) {
					kopoKopo.verify(postRequestedFor(urlEqualTo(path)).withHeader("X-Boot", equalTo("yes"))
						.withHeader("X-K2", equalTo("yes")));
				}
			});
	}

	@Test
	void doesNotSendCredentialsOfOtherServers() {
		kopoKopo.stubFor(get("/oauth/token/info").willReturn(okJson("{}")));
		this.runner
			.withBean("headers", RestClientCustomizer.class,
					() -> (builder) -> builder.defaultHeader("Authorization", "Basic b3RoZXI6cGFzcw==")
						.defaultCookie("session", "of-another-server"))
			.withBean("interceptor", RestClientCustomizer.class,
					() -> (builder) -> builder.requestInterceptor((request, body, execution) -> {
						request.getHeaders().setBasicAuth("other", "pass");
						request.getHeaders().add("Cookie", "more=of-another-server");
						return execution.execute(request, body);
					}))
			.run((context) -> {
				context.getBean(StkService.class).initiateIncomingPayment(this.request);
				context.getBean(TokenService.class).infoToken("an0ther");
				kopoKopo.verify(postRequestedFor(urlEqualTo("/oauth/token")).withHeader("Authorization", absent())
					.withHeader("Cookie", absent()));
				kopoKopo.verify(postRequestedFor(urlEqualTo("/api/v1/incoming_payments"))
					.withHeader("Authorization", equalTo("Bearer " + WireMockKopoKopo.TOKEN))
					.withHeader("Cookie", absent()));
				kopoKopo.verify(getRequestedFor(urlEqualTo("/oauth/token/info"))
					.withHeader("Authorization", equalTo("Bearer an0ther"))
					.withHeader("Cookie", absent()));
			});
	}

	@Test
	void sendsCredentialsOfInterceptorInCustomizer() {
		this.runner.withBean(K2RestClientCustomizer.class,
				() -> (builder) -> builder.requestInterceptor((request, body, execution) -> {
					request.getHeaders().add("Cookie", "gateway=here");
					return execution.execute(request, body);
				}))
			.run((context) -> {
				context.getBean(StkService.class).initiateIncomingPayment(this.request);
				for (String path : List.of("/oauth/token", "/api/v1/incoming_payments")) {
					kopoKopo.verify(postRequestedFor(urlEqualTo(path)).withHeader("Cookie", equalTo("gateway=here")));
				}
			});
	}

	@Test
	void observesCallsWithoutIds() {
		this.runner.withBean(TestObservationRegistry.class, TestObservationRegistry::create)
			.run(K2AccountAutoConfigurationTests.this::assertObserved);
	}

	@Test
	void observesCallsOfReactiveApplicationWithoutIds() {
		this.reactive.withBean(TestObservationRegistry.class, TestObservationRegistry::create)
			.run(K2AccountAutoConfigurationTests.this::assertObserved);
	}

	private void assertObserved(ApplicationContext context) {
		kopoKopo.stubFor(get("/api/v1/incoming_payments/1")
			.willReturn(okJson("{\"data\": {\"id\": \"1\", \"type\": \"incoming_payment\", \"attributes\": {}}}")));
		StkService stk = context.getBean(StkService.class);
		stk.getStatus(stk.initiateIncomingPayment(this.request));
		assertThat(context.getBean(TestObservationRegistry.class))
			.hasNumberOfObservationsWithNameEqualTo("k2.token.request", 1)
			.hasNumberOfObservationsWithNameEqualTo("http.client.requests", 3)
			.hasAnObservationWithAKeyValue("uri", "/oauth/token")
			.hasAnObservationWithAKeyValue("uri", "/api/v1/incoming_payments")
			.hasAnObservationWithAKeyValue("uri", "/api/v1/incoming_payments/{id}");
	}

	@Test
	void worksWithoutOtherAutoConfigurations() {
		new ApplicationContextRunner().withConfiguration(K2AutoConfigurations.with())
			.withPropertyValues(PROPERTIES)
			.run((context) -> assertThat(context).hasSingleBean(StkService.class).doesNotHaveBean(JsonMapper.class));
	}

	@Test
	void ignoresHttpClientOfApplicationThatRepeatsPosts() {
		kopoKopo.stubFor(post("/api/v1/incoming_payments").willReturn(aResponse().withFault(Fault.EMPTY_RESPONSE)));
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=simple").run((context) -> {
			StkService stk = context.getBean(StkService.class);
			assertThatExceptionOfType(K2ConnectionException.class)
				.isThrownBy(() -> stk.initiateIncomingPayment(this.request));
			kopoKopo.verify(1, postRequestedFor(urlEqualTo("/api/v1/incoming_payments")));
		});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void logsReplacedHttpClient(CapturedOutput output) {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=simple")
			.run((context) -> assertThat(output).containsOnlyOnce(
					"SimpleClientHttpRequestFactoryBuilder is not used for calls to Kopo Kopo, because it may repeat a POST"));
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void logsSeveralUnusedBuilders(CapturedOutput output) {
		this.runner.withBean("one", RestClient.Builder.class, RestClient::builder)
			.withBean("two", RestClient.Builder.class, RestClient::builder)
			.run((context) -> {
				context.getBean(StkService.class).initiateIncomingPayment(this.request);
				assertThat(output)
					.containsOnlyOnce("There are several beans of type RestClient.Builder, and none is primary");
			});
	}

	@Test
	@ExtendWith(OutputCaptureExtension.class)
	void doesNotLogUsedHttpClient(CapturedOutput output) {
		this.runner.withPropertyValues("spring.http.clients.imperative.factory=jdk").run((context) -> {
			context.getBean(StkService.class).initiateIncomingPayment(this.request);
			assertThat(output).doesNotContain("used for calls to Kopo Kopo");
		});
	}

	@Test
	void logsNoSecretTokenOrCustomer() {
		Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
		Level level = root.getLevel();
		LogLines log = new LogLines();
		log.start();
		root.addAppender(log);
		root.setLevel(Level.TRACE);
		((Logger) LoggerFactory.getLogger("wiremock")).setLevel(Level.OFF);
		((Logger) LoggerFactory.getLogger("org.eclipse.jetty")).setLevel(Level.OFF);
		try {
			this.runner.run((context) -> {
				StkService stk = context.getBean(StkService.class);
				stk.initiateIncomingPayment(this.request);
				kopoKopo.stubFor(post("/api/v1/incoming_payments").willReturn(
						aResponse().withStatus(400).withBody("{\"error_message\": \"+254712345678 is wrong\"}")));
				assertThatExceptionOfType(K2ApiException.class)
					.isThrownBy(() -> stk.initiateIncomingPayment(this.request));
			});
		}
		finally {
			root.detachAppender(log);
			root.setLevel(level);
		}
		assertThat(log.lines).isNotEmpty();
		assertThat(log.lines)
			.filteredOn((line) -> line.matches("(?s).*(s3cret|" + WireMockKopoKopo.TOKEN + "|712345678).*"))
			.isEmpty();
	}

	/**
	 * Collects the log of all threads, with stack traces.
	 */
	private static final class LogLines extends AppenderBase<ILoggingEvent> {

		private final Queue<String> lines = new ConcurrentLinkedQueue<>();

		@Override
		protected void append(ILoggingEvent event) {
			IThrowableProxy failure = event.getThrowableProxy();
			this.lines.add(event.getLoggerName() + ": " + event.getFormattedMessage()
					+ ((failure != null) ? ThrowableProxyUtil.asString(failure) : ""));
		}

	}

}
