package io.github.k2connect.webhook.endpoint;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.github.k2connect.webhook.SignatureVerifier;
import io.github.k2connect.webhook.Signatures;
import io.github.k2connect.webhook.WebhookParser;
import io.github.k2connect.webhook.reception.EventDispatcher;
import io.github.k2connect.webhook.reception.Receivers;
import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.github.k2connect.webhook.store.K2EventStore;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the observation of deliveries: one for each, with the type and the outcome,
 * and nothing about a customer.
 */
@ExtendWith(OutputCaptureExtension.class)
class WebhookObservationTests {

	private static final String KEY = "an-api-key";

	private static final String WEBHOOK = """
			{"topic": "buygoods_transaction_received", "id": "2133dbfb", "event": {"resource": {
			"sender_phone_number": "+254712345678", "sender_first_name": "Asha"}}}""";

	private static final String RESULT = """
			{"data": {"id": "247b1bd8", "type": "incoming_payment", "attributes": {"status": "Success"}}}""";

	private static final String UNKNOWN = """
			{"topic": "+254712345678", "id": "2133dbfb"}""";

	private final TestObservationRegistry observations = TestObservationRegistry.create();

	private ApplicationEventPublisher listeners = (event) -> {
	};

	private final WebhookEndpoint endpoint = endpoint(new InMemoryEventStore(10, Duration.ofSeconds(20)));

	private WebhookEndpoint endpoint(K2EventStore store) {
		return Endpoints
			.endpoint(new OnlyParser(new WebhookParser(new SignatureVerifier(KEY, List.of()))),
					Receivers.direct(new EventDispatcher((event) -> this.listeners.publishEvent(event), store),
							Integer.MAX_VALUE, Duration.ofSeconds(20)),
					1024, Duration.ofSeconds(10), this.observations);
	}

	private void deliver(String body) {
		deliver(body, Signatures.sign(KEY, bytes(body)));
	}

	private void deliver(String body, @Nullable String signature) {
		Endpoints.receive(this.endpoint, "default", bytes(body), signature);
	}

	private static byte[] bytes(String body) {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The one observation, which has these keys and no other.
	 */
	private TestObservationRegistryAssertReturningObservationContextAssert assertObserved(String kind, String outcome) {
		return assertObserved(kind, outcome, "none");
	}

	private TestObservationRegistryAssertReturningObservationContextAssert assertRejected(String rejection) {
		return assertObserved("none", "rejected", rejection);
	}

	private TestObservationRegistryAssertReturningObservationContextAssert assertObserved(String kind, String outcome,
			String rejection) {
		return assertThat(this.observations).hasSingleObservationThat()
			.hasNameEqualTo("k2.webhook")
			.hasContextualNameEqualTo("k2 webhook")
			.hasBeenStarted()
			.hasBeenStopped()
			.hasOnlyKeys("k2.account", "k2.kind", "k2.outcome", "k2.rejection")
			.hasLowCardinalityKeyValue("k2.account", "default")
			.hasLowCardinalityKeyValue("k2.kind", kind)
			.hasLowCardinalityKeyValue("k2.outcome", outcome)
			.hasLowCardinalityKeyValue("k2.rejection", rejection);
	}

	@Test
	void observesPublishedWebhook() {
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "published").doesNotHaveError();
	}

	@Test
	void observesPublishedResult() {
		deliver(RESULT);
		assertObserved("incoming_payment", "published").doesNotHaveError();
	}

	@Test
	void observesDuplicate() {
		deliver(WEBHOOK);
		this.observations.clear();
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "duplicate").doesNotHaveError();
	}

	@Test
	void observesUnrecognizedEventWithoutWordsOfSender() {
		deliver(UNKNOWN);
		assertObserved("unknown", "unrecognized").doesNotHaveError();
	}

	@ParameterizedTest
	@NullSource
	@ValueSource(strings = { "", "abc", "zzzz000000000000000000000000000000000000000000000000000000000000" })
	void observesMessageWithoutSignatureAsRejected(@Nullable String signature) {
		deliver(WEBHOOK, signature);
		assertRejected("unsigned").doesNotHaveError();
	}

	@Test
	void observesWrongSignatureAsForged() {
		deliver(WEBHOOK, Signatures.sign("another-key", bytes(WEBHOOK)));
		assertRejected("forged").doesNotHaveError();
	}

	@Test
	void observesInvalidMessageAsMalformed() {
		deliver("{\"topic\": \"customer_created\"");
		assertRejected("malformed").doesNotHaveError();
	}

	@ParameterizedTest
	@CsvSource({ "UNSIGNED, unsigned", "MALFORMED, malformed", "TOO_LARGE, too-large", "TIMED_OUT, timed-out",
			"OVERLOADED, overloaded" })
	void observesIncompleteBodyAsRejected(Rejection rejection, String value) {
		Endpoints.delivery(this.endpoint, "default", null).reject(rejection);
		assertRejected(value).doesNotHaveError();
	}

	@Test
	void observesFailureOfListener(CapturedOutput output) {
		IllegalStateException failure = new IllegalStateException("The database is away");
		this.listeners = (event) -> {
			throw failure;
		};
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "failed").thenError()
			.returns("DeliveryFailedException", (error) -> error.getClass().getSimpleName())
			.hasCause(failure);
		assertThat(output).contains("a listener");
	}

	@Test
	void observesFailureBeforeListenersAsUnavailable(CapturedOutput output) {
		CannotCreateTransactionException failure = new CannotCreateTransactionException("No connection");
		WebhookEndpoint withoutDatabase = endpoint((identity, handling) -> {
			throw failure;
		});
		assertThat(Endpoints.receive(withoutDatabase, "default", bytes(WEBHOOK), Signatures.sign(KEY, bytes(WEBHOOK))))
			.isEqualTo(HttpStatus.INTERNAL_SERVER_ERROR);
		assertObserved("buygoods_transaction_received", "unavailable").thenError()
			.returns("DeliveryFailedException", (error) -> error.getClass().getSimpleName())
			.hasCause(failure);
		assertThat(output).contains("2133dbfb").contains("unavailable").doesNotContain("a listener");
	}

	@Test
	void observesNoOutcomeOfDeliveryInProgress() {
		this.listeners = (event) -> assertThat(this.observations).hasSingleObservationThat()
			.isNotStopped()
			.hasLowCardinalityKeyValue("k2.kind", "buygoods_transaction_received")
			.hasLowCardinalityKeyValue("k2.outcome", "none")
			.hasLowCardinalityKeyValue("k2.rejection", "none");
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "published").doesNotHaveError();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1\\nWARN forged", "1\\r\\u001b[31m", "1\\u0085\\u0000\\u007f" })
	void escapesLineBreaksOfIdInLog(String id, CapturedOutput output) {
		this.listeners = (event) -> {
			throw new IllegalStateException("The database is away");
		};
		deliver("{\"topic\": \"till_closed\", \"id\": \"" + id + "\"}");
		assertThat(output.getOut().lines()).filteredOn((line) -> line.contains("WebhookEndpoint ")).hasSize(2);
		assertThat(output.getOut()).doesNotContain("\nWARN forged").doesNotContainPattern("[\\p{Cc}&&[^\\r\\n\\t]]");
	}

	@Test
	void observesFailureOfUnrecognizedEvent() {
		this.listeners = (event) -> {
			throw new NoClassDefFoundError("com/example/Missing");
		};
		deliver(UNKNOWN);
		assertObserved("unknown", "failed").hasError();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void nestsObservationInRequestOfServer(WebApplicationType type) {
		try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Shop.class).web(type)
			.run("--server.port=0", "--k2.api-key=" + KEY)) {
			RestClient.create("http://localhost:" + context.getEnvironment().getRequiredProperty("local.server.port"))
				.post()
				.uri("/k2/webhooks")
				.header(SignatureVerifier.HEADER, Signatures.sign(KEY, bytes(WEBHOOK)))
				.body(bytes(WEBHOOK))
				.retrieve()
				.toBodilessEntity();
			assertThat(context.getBean(TestObservationRegistry.class)).hasObservationWithNameEqualTo("k2.webhook")
				.that()
				.hasParentObservationContextSatisfying(
						(parent) -> assertThat(parent.getName()).isEqualTo("http.server.requests"));
		}
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
