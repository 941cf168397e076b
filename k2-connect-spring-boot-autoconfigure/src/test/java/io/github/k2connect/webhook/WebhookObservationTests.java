package io.github.k2connect.webhook;

import java.time.Duration;
import java.nio.charset.StandardCharsets;
import java.util.List;

import io.github.k2connect.webhook.store.InMemoryEventStore;
import io.micrometer.observation.tck.TestObservationRegistry;
import io.micrometer.observation.tck.TestObservationRegistryAssert.TestObservationRegistryAssertReturningObservationContextAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.RestClient;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * How deliveries are observed: one observation each, which tells the kind of event and
 * what became of it, and nothing about a customer.
 */
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

	private final WebhookEndpoint endpoint = new WebhookEndpoint(
			new WebhookParser(new SignatureVerifier(KEY, List.of())),
			new EventDispatcher((event) -> this.listeners.publishEvent(event),
					new InMemoryEventStore(10, Duration.ofSeconds(20))),
			1024, this.observations);

	private void deliver(String body) {
		deliver(body, Signatures.sign(KEY, bytes(body)));
	}

	private void deliver(String body, @Nullable String signature) {
		this.endpoint.receive(bytes(body), signature);
	}

	private static byte[] bytes(String body) {
		return body.getBytes(StandardCharsets.UTF_8);
	}

	/**
	 * The one observation, which has these two keys and no other.
	 */
	private TestObservationRegistryAssertReturningObservationContextAssert assertObserved(String kind, String outcome) {
		return assertThat(this.observations).hasSingleObservationThat()
			.hasNameEqualTo("k2.webhook")
			.hasContextualNameEqualTo("k2 webhook")
			.hasBeenStarted()
			.hasBeenStopped()
			.hasOnlyKeys("k2.kind", "k2.outcome")
			.hasLowCardinalityKeyValue("k2.kind", kind)
			.hasLowCardinalityKeyValue("k2.outcome", outcome);
	}

	@Test
	void aWebhookIsPublished() {
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "published").doesNotHaveError();
	}

	@Test
	void aResultIsPublished() {
		deliver(RESULT);
		assertObserved("incoming_payment", "published").doesNotHaveError();
	}

	@Test
	void aDuplicateIsNot() {
		deliver(WEBHOOK);
		this.observations.clear();
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "duplicate").doesNotHaveError();
	}

	@Test
	void theKindOfWhatIsUnrecognizedIsNoneOfTheSendersWords() {
		deliver(UNKNOWN);
		assertObserved("unknown", "unrecognized").doesNotHaveError();
	}

	@Test
	void whatIsNotSignedIsRejected() {
		deliver(WEBHOOK, null);
		assertObserved("none", "rejected").doesNotHaveError();
	}

	@Test
	void whatIsNoMessageIsRejected() {
		deliver("{\"topic\": \"customer_created\"");
		assertObserved("none", "rejected").doesNotHaveError();
	}

	@Test
	void whatIsNotReadToItsEndIsRejected() {
		this.endpoint.reject(HttpStatus.CONTENT_TOO_LARGE);
		assertObserved("none", "rejected").doesNotHaveError();
	}

	@Test
	void aFailureIsThatOfTheListener() {
		IllegalStateException failure = new IllegalStateException("The database is away");
		this.listeners = (event) -> {
			throw failure;
		};
		deliver(WEBHOOK);
		assertObserved("buygoods_transaction_received", "failed").hasError(failure);
	}

	@Test
	void whatIsUnrecognizedMayFailToo() {
		this.listeners = (event) -> {
			throw new NoClassDefFoundError("com/example/Missing");
		};
		deliver(UNKNOWN);
		assertObserved("unknown", "failed").hasError();
	}

	@ParameterizedTest
	@EnumSource(names = { "SERVLET", "REACTIVE" })
	void aDeliveryBelongsToTheRequestThatBroughtIt(WebApplicationType type) {
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
