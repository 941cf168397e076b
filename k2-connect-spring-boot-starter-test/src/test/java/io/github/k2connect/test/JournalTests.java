package io.github.k2connect.test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link K2Simulator#journal()}.
 */
class JournalTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	@Test
	void notesRequestsInOrder() {
		Instant start = Instant.now();
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		this.caller.get("/api/v1/polling/unknown?page=2");
		List<Exchange> journal = exchanges(Exchange.Direction.REQUEST);
		assertThat(journal).extracting(Exchange::method).containsExactly("POST", "POST", "GET");
		assertThat(journal).extracting(Exchange::path)
			.containsExactly("/oauth/token", PATH, "/api/v1/polling/unknown?page=2");
		assertThat(journal).extracting(Exchange::status).containsExactly(200, 201, 404);
		assertThat(journal).allSatisfy((exchange) -> {
			assertThat(exchange.account()).isEqualTo("default");
			assertThat(exchange.at()).isBetween(start.minusSeconds(10), Instant.now());
			assertThat(exchange.duration()).isBetween(Duration.ZERO, Duration.ofSeconds(10));
		});
		assertThat(journal.get(1).body()).contains("+254711222333");
		assertThat(journal.get(2).body()).isEmpty();
	}

	@Test
	void notesEachAttemptOfDelivery() throws Exception {
		this.application.answer(List.of(503));
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		String body = this.application.next().body();
		this.application.next();
		await().untilAsserted(() -> assertThat(deliveries()).hasSize(2));
		assertThat(deliveries()).extracting(Exchange::status).containsExactly(503, 200);
		assertThat(deliveries()).allSatisfy((delivery) -> {
			assertThat(delivery.account()).isEqualTo("default");
			assertThat(delivery.method()).isEqualTo("POST");
			assertThat(delivery.path()).isEqualTo("/k2/webhooks");
			assertThat(delivery.body()).isEqualTo(body);
			assertThat(delivery.headers()).containsEntry("Host", this.application.origin().getAuthority())
				.containsEntry("x-kopokopo-signature", new WebhookSigner(this.simulator.apiKey())
					.sign(delivery.body().getBytes(StandardCharsets.UTF_8)));
		});
	}

	@Test
	void notesExchangesWithoutResponse() {
		this.simulator.inject(SimulatedFault.callbackLost(), 1);
		this.simulator.inject(SimulatedFault.connectionCut(), 1);
		assertThat(catchThrowable(() -> this.caller.post(PATH, Bodies.incomingPayment("+254711222333")))).isNotNull();
		await().untilAsserted(() -> assertThat(deliveries()).isNotEmpty());
		assertThat(this.simulator.journal().get(1).status()).isZero();
		assertThat(deliveries().get(0).status()).isZero();
	}

	@Test
	void masksSecretsAndTokens() {
		String token = this.caller.token();
		this.caller.get("/api/v1/polling/unknown?access_token=" + token);
		this.caller.form("/oauth/introspect", this.caller.credentials(Map.of("token", token)));
		this.caller.postOAuth("/oauth/token", "application/json", """
				{"client_id": "%s", "client_secret": "%s", "grant_type": "client_credentials"}
				""".formatted(this.simulator.clientId(), this.simulator.clientSecret()));
		this.caller.postOAuth("/oauth/token", "application/json",
				"{\"client_secret\": \"" + this.simulator.clientSecret() + "=\"");
		assertThat(this.simulator.journal()).hasSize(5);
		assertThat(this.simulator.journal()).allSatisfy(
				(exchange) -> assertThat(exchange.toString() + exchange.body() + exchange.headers() + exchange.path())
					.doesNotContain(token)
					.doesNotContain(this.simulator.clientSecret()));
		assertThat(this.simulator.journal().get(2).body())
			.isEqualTo("client_id=" + this.simulator.clientId() + "&client_secret=***&token=***");
		assertThat(this.simulator.journal().get(1).headers()).containsEntry("authorization", "Bearer ***");
	}

	@Test
	void knowsNoAccountOfWrongCredentials() {
		this.caller.token("wrong").get("/api/v1/polling/unknown");
		assertThat(this.simulator.journal().get(1).account()).isNull();
		assertThat(this.simulator.journal().get(1).status()).isEqualTo(401);
	}

	@Test
	void leavesOutReservedPaths() {
		this.caller.get("/");
		this.caller.get("/health");
		this.caller.get("/unknown");
		assertThat(this.simulator.journal()).extracting(Exchange::path).containsExactly("/oauth/token", "/unknown");
	}

	@Test
	void keepsLatestExchangesOnly() {
		Journal journal = new Journal();
		Message message = Message.of("Result", this.simulator.account("default"), this.application.origin(),
				new byte[200]);
		for (int i = 0; i <= Journal.CAPACITY; i++) {
			journal.delivered(message, this.application.origin(), Map.of(), Instant.EPOCH.plusSeconds(i),
					new Journal.Answer(200, ""));
		}
		assertThat(journal.exchanges()).hasSize(Journal.CAPACITY);
		assertThat(journal.exchanges().get(0).at()).isEqualTo(Instant.EPOCH.plusSeconds(1));
	}

	@Test
	void cutsLongBody() {
		this.caller.token("wrong").post(PATH, "x".repeat(200_000));
		assertThat(this.simulator.journal().get(1).body()).hasSize(100_000);
	}

	@Test
	void resetEmptiesJournal() {
		this.simulator.reset();
		assertThat(this.simulator.journal()).isEmpty();
	}

	@Test
	void resetForgetsDeliveryWithoutResponse() throws Exception {
		Runnable release = this.application.holdAnswers();
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(SimulatedPhoneNumber.CANCELS));
		this.application.next();
		this.simulator.reset();
		release.run();
		this.caller.create("/api/v1/incoming_payments", Bodies.incomingPayment(SimulatedPhoneNumber.PAYS));
		String result = this.application.next().body();
		this.simulator.awaitJournal((journal) -> !deliveries().isEmpty(), Duration.ofSeconds(10));
		assertThat(deliveries()).extracting(Exchange::body).containsExactly(result);
	}

	private List<Exchange> deliveries() {
		return exchanges(Exchange.Direction.DELIVERY);
	}

	private List<Exchange> exchanges(Exchange.Direction direction) {
		return this.simulator.journal().stream().filter((exchange) -> exchange.direction() == direction).toList();
	}

}
