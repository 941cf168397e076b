package io.github.k2connect.test;

import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.github.k2connect.testfixtures.ServerPort;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link K2Simulator} itself: settings, inspection, deliveries on demand, reset
 * and close.
 */
class K2SimulatorTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	@Test
	void propertiesConnectApplication() {
		assertThat(this.simulator.properties()).containsOnlyKeys("k2.client-id", "k2.client-secret", "k2.api-key",
				"k2.base-url");
		assertThat(this.simulator.properties()).containsEntry("k2.base-url", this.simulator.baseUrl().toString())
			.containsEntry("k2.client-id", this.simulator.clientId())
			.containsEntry("k2.client-secret", this.simulator.clientSecret())
			.containsEntry("k2.api-key", this.simulator.apiKey());
		assertThat(this.simulator.baseUrl()).hasScheme("http").hasHost("localhost").hasPath("");
	}

	@Test
	void usesChosenCredentials() {
		try (K2Simulator other = K2Simulator.builder().clientId("a").clientSecret("b").apiKey("c").start()) {
			assertThat(other.properties()).containsEntry("k2.client-id", "a")
				.containsEntry("k2.client-secret", "b")
				.containsEntry("k2.api-key", "c");
			assertThat(new ApiCaller(other).authenticate().token()).isNotEmpty();
		}
	}

	@Test
	void usesChosenPort() {
		int port = ServerPort.find();
		try (K2Simulator other = K2Simulator.builder().port(port).start()) {
			assertThat(other.baseUrl()).hasPort(port);
		}
	}

	@Test
	void reportsPortInUseOnce() {
		int port = this.simulator.baseUrl().getPort();
		K2Simulator.Builder builder = K2Simulator.builder().port(port);
		assertThatIllegalStateException().isThrownBy(builder::start)
			.withMessage("The simulator cannot listen on port " + port + ": Address already in use")
			.withCauseExactlyInstanceOf(BindException.class);
	}

	@Test
	void deliversSignedWebhookAndReturnsResponse() throws Exception {
		this.application.answer(List.of(503));
		SimulatedWebhook webhook = SimulatedWebhook.buygoodsTransactionReceived();
		assertThat(this.simulator.deliver(webhook)).isEqualTo(503);
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.path()).isEqualTo("/k2/webhooks");
		assertThat(delivery.body()).isEqualTo(webhook.json());
		assertThat(delivery.signature()).isEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(webhook.body()));
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).as("it is not delivered again")
			.isTrue();
	}

	@Test
	void deliversWebhookToConfiguredPath() throws Exception {
		try (K2Simulator other = K2Simulator.builder()
			.callbackOrigin(this.application.origin())
			.webhookPath("/shop/events")
			.start()) {
			assertThat(other.deliver(SimulatedWebhook.customerCreated())).isEqualTo(200);
		}
		assertThat(this.application.next().path()).isEqualTo("/shop/events");
	}

	@Test
	void requiresUrlBeforeDelivery() {
		this.simulator.callbackOrigin(null);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()))
			.withMessageContaining("callback origin");
	}

	@ParameterizedTest
	@ValueSource(strings = { "/k2/webhooks", "localhost:8080", "ftp://localhost", "http:/k2" })
	void rejectsCallbackOriginThatIsNotOrigin(String origin) {
		assertThatIllegalArgumentException().isThrownBy(() -> this.simulator.callbackOrigin(URI.create(origin)))
			.withMessageContaining("callback origin");
		assertThatIllegalArgumentException().isThrownBy(() -> K2Simulator.builder().callbackOrigin(URI.create(origin)))
			.withMessageContaining("callback origin");
	}

	@Test
	void reportsApplicationThatDoesNotRespond() {
		this.simulator.callbackOrigin(URI.create("http://localhost:1"));
		assertThatExceptionOfType(UncheckedIOException.class)
			.isThrownBy(() -> this.simulator.deliver(SimulatedWebhook.buygoodsTransactionReceived()))
			.withCauseInstanceOf(ConnectException.class);
	}

	@Test
	void recordsAcceptedAndRejectedCallsInOrder() {
		this.caller.token("").post(PATH, "{\"refused\":true}");
		URI location = this.caller.authenticate().create(PATH, Bodies.incomingPayment("+254711222333"));
		this.caller.get(location);
		assertThat(this.simulator.requests()).map(SimulatedRequest::method).containsExactly("POST", "POST", "GET");
		assertThat(this.simulator.requests()).map(SimulatedRequest::path)
			.containsExactly(PATH, PATH, location.getPath());
		assertThat(this.simulator.requests().get(0).body()).isEqualTo("{\"refused\":true}");
		assertThat(this.simulator.requests().get(2).body()).isEmpty();
	}

	@Test
	void recordsNoTokenAndNoClientSecret() {
		this.caller.get("/oauth/token/info");
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		assertThat(this.simulator.requests()).hasSize(1);
		assertThat(this.simulator.requests().toString()).doesNotContain(this.caller.token(),
				this.simulator.clientSecret());
	}

	@Test
	void resetKeepsOnlyTokens() throws Exception {
		URI location = this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		this.simulator.reset();
		assertThat(this.simulator.requests()).isEmpty();
		assertThat(this.simulator.tokenRequests()).isZero();
		assertThat(this.caller.get(location).status()).isEqualTo(404);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void deliversNothingAfterClose() throws Exception {
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		this.simulator.close();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void closeAbortsUnansweredDelivery() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		this.application.neverAnswer();
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		this.application.next();
		this.simulator.close();
		await().atMost(Duration.ofSeconds(3))
			.untilAsserted(() -> assertThat(startedSince(before)).doesNotContain("k2-simulator-delivery"));
	}

	@Test
	void closeStopsAllThreads() throws Exception {
		Set<Thread> before = Thread.getAllStackTraces().keySet();
		K2Simulator shortLived = K2Simulator.builder()
			.callbackOrigin(this.application.origin())
			.resultDelay(Duration.ZERO)
			.start();
		new ApiCaller(shortLived).authenticate().create(PATH, Bodies.incomingPayment("+254711222333"));
		this.application.next();
		shortLived.close();
		await().untilAsserted(() -> assertThat(startedSince(before)).isEmpty());
	}

	@Test
	void closeIsIdempotent() {
		this.simulator.close();
		this.simulator.close();
		assertThat(this.simulator.requests()).isEmpty();
	}

	private static Set<String> startedSince(Set<Thread> before) {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> !before.contains(thread))
			.map(Thread::getName)
			.filter((name) -> !name.startsWith("HttpClient-") && !name.startsWith("awaitility-"))
			.collect(Collectors.toSet());
	}

}
