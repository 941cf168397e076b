package io.github.k2connect.test;

import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

/**
 * Tests for {@link SimulatedFault}, on the wire.
 */
class SimulatedFaultTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final String PAYER = "+254711222333";

	@Test
	void respondsWithStatusUntilHealed() {
		this.simulator.inject(SimulatedFault.status(503));
		assertThat(push().status()).isEqualTo(503);
		assertThat(push().json().path("error_code").asString()).isEqualTo("503");
		this.simulator.heal();
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void respondsWithStatusForGivenNumberOfRequests() {
		this.simulator.inject(SimulatedFault.status(503), 2);
		assertThat(push().status()).isEqualTo(503);
		assertThat(push().status()).isEqualTo(503);
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void appliesFaultsInTheOrderOfTheirInjection() {
		this.simulator.inject(SimulatedFault.status(503), 1);
		this.simulator.inject(SimulatedFault.status(500), 1);
		assertThat(push().status()).isEqualTo(503);
		assertThat(push().status()).isEqualTo(500);
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void requestHitByStatusHasNoEffect() throws Exception {
		this.simulator.inject(SimulatedFault.status(500), 1);
		push();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void hitsTokenRequests() {
		this.simulator.inject(SimulatedFault.status(503), 1);
		assertThat(requestToken().status()).isEqualTo(503);
		assertThat(requestToken().status()).isEqualTo(200);
	}

	@Test
	void hitsUnknownPathsOfApi() {
		this.simulator.inject(SimulatedFault.status(503), 1);
		assertThat(this.caller.get("/api/v1/unknown").status()).isEqualTo(503);
	}

	@ParameterizedTest
	@ValueSource(strings = { "/", "/health" })
	void sparesPathsThatAreNotOfApi(String path) {
		int usual = this.caller.get(path).status();
		this.simulator.inject(SimulatedFault.status(503));
		assertThat(this.caller.get(path).status()).isEqualTo(usual);
	}

	@Test
	void healthIsOk() {
		assertThat(this.caller.token("").get("/health").status()).isEqualTo(200);
	}

	@Test
	void respondsWithRetryAfter() throws Exception {
		this.simulator.inject(SimulatedFault.tooManyRequests(Duration.ofSeconds(7)), 1);
		HttpResponse<String> response = HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(this.simulator.baseUrl().resolve("/oauth/token/info")).build(),
					HttpResponse.BodyHandlers.ofString());
		assertThat(response.statusCode()).isEqualTo(429);
		assertThat(response.headers().firstValue("Retry-After")).hasValue("7");
	}

	@Test
	void delaysResponse() {
		this.simulator.inject(SimulatedFault.slow(Duration.ofMillis(400)), 1);
		Instant start = Instant.now();
		assertThat(push().status()).isEqualTo(201);
		assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
		assertThat(this.simulator.journal().get(1).duration()).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	void delaysErrors() {
		this.simulator.inject(SimulatedFault.slow(Duration.ofMillis(400)), 1);
		this.simulator.inject(SimulatedFault.status(503), 1);
		Instant start = Instant.now();
		assertThat(push().status()).isEqualTo(503);
		assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(400));
	}

	@Test
	@Timeout(10)
	void closesInSpiteOfSlowResponse() {
		this.simulator.inject(SimulatedFault.slow(Duration.ofMinutes(1)));
		CompletableFuture<Void> call = CompletableFuture.runAsync(this::push);
		await().untilAsserted(() -> assertThat(this.simulator.journal()).hasSize(2));
		this.simulator.close();
		assertThat(call).failsWithin(Duration.ofSeconds(5));
	}

	@Test
	void cutsConnectionAfterRequestWasAccepted() throws Exception {
		this.simulator.inject(SimulatedFault.connectionCut(), 1);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::push);
		assertThat(nextResult("incoming_payment").path("status").asString()).isEqualTo("Success");
	}

	@Test
	void isDown() throws Exception {
		this.simulator.inject(SimulatedFault.down());
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::push);
		assertThatExceptionOfType(UncheckedIOException.class).isThrownBy(this::requestToken);
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		this.simulator.heal();
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void revokesTokenOfRequest() {
		this.simulator.inject(SimulatedFault.tokenRevoked(), 1);
		assertThat(requestToken().status()).isEqualTo(200);
		assertThat(push().status()).isEqualTo(401);
		assertThat(push().status()).isEqualTo(401);
		this.caller.authenticate();
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void losesCallbackWithAllItsAttempts() throws Exception {
		this.simulator.inject(SimulatedFault.callbackLost(), 1);
		URI location = create();
		awaitStatus(location, "Success");
		assertThat(this.application.receivesNothingFor(Duration.ofSeconds(1))).isTrue();
		URI next = create();
		assertThat(this.application.next().json().at("/data/id").asString()).isEqualTo(id(next));
	}

	@Test
	void deliversCallbackLate() throws Exception {
		this.simulator.inject(SimulatedFault.callbackLate(Duration.ofMillis(700)), 1);
		Instant start = Instant.now();
		create();
		nextResult("incoming_payment");
		assertThat(Duration.between(start, Instant.now())).isGreaterThanOrEqualTo(Duration.ofMillis(700));
	}

	@Test
	void deliversCallbackTwice() throws Exception {
		this.simulator.inject(SimulatedFault.callbackTwice(), 1);
		create();
		assertThat(this.application.next().body()).isEqualTo(this.application.next().body());
		create();
		this.application.next();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	@Test
	void deliversCallbackOutOfOrder() throws Exception {
		this.simulator.inject(SimulatedFault.callbackOutOfOrder(), 1);
		URI first = create();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		URI second = create();
		assertThat(this.application.next().json().at("/data/id").asString()).isEqualTo(id(second));
		assertThat(this.application.next().json().at("/data/id").asString()).isEqualTo(id(first));
	}

	@Test
	void deliversHeldCallbackWhenHealed() throws Exception {
		this.simulator.inject(SimulatedFault.callbackOutOfOrder());
		create();
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		this.simulator.heal();
		nextResult("incoming_payment");
	}

	@Test
	void signsCallbackWithWrongKey() throws Exception {
		this.simulator.inject(SimulatedFault.callbackWronglySigned(), 1);
		create();
		RecordingApplication.Delivery delivery = this.application.next();
		assertThat(delivery.signature()).hasSize(64)
			.isNotEqualTo(new WebhookSigner(this.simulator.apiKey()).sign(delivery.bytes()));
	}

	@Test
	void deliversCallbackToWrongAddress() throws Exception {
		this.simulator.inject(SimulatedFault.callbackToWrongAddress(), 1);
		create();
		assertThat(this.application.next().path()).isEqualTo("/wrong-address");
	}

	@Test
	void deliversSuccessWithoutReference() throws Exception {
		this.simulator.inject(SimulatedFault.successWithoutReference(), 1);
		URI location = create();
		assertThat(nextResult("incoming_payment").at("/event/resource").has("reference")).isFalse();
		assertThat(this.caller.attributes(location).at("/event/resource/reference").asString()).hasSize(10);
	}

	@Test
	void sparesWhatIsDeliveredOnDemand() {
		this.simulator.inject(SimulatedFault.callbackLost());
		assertThat(this.simulator.deliver(SimulatedWebhook.customerCreated())).isEqualTo(200);
	}

	@Test
	void resetEndsFaults() {
		this.simulator.inject(SimulatedFault.status(503));
		this.simulator.inject(SimulatedFault.callbackLost());
		this.simulator.reset();
		assertThat(push().status()).isEqualTo(201);
	}

	@Test
	void cancelledMessageTakesNoFault() {
		Faults faults = new Faults(new SimulatedAccounts(List.of()));
		Message message = Message.of("Result", this.simulator.account("default"), this.application.origin(),
				new byte[0]);
		faults.inject(SimulatedFault.callbackOutOfOrder(), 1);
		assertThat(faults.apply(message, () -> false)).isEmpty();
		assertThat(faults.injected()).hasSize(1);
		assertThat(faults.heal()).isEmpty();
	}

	@ParameterizedTest
	@ValueSource(ints = { 0, -1 })
	void rejectsNumberOfTimesThatIsNotPositive(int times) {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.simulator.inject(SimulatedFault.callbackLost(), times))
			.withMessageContaining(Integer.toString(times));
	}

	@ParameterizedTest
	@ValueSource(ints = { 200, 302, 600 })
	void rejectsStatusThatIsNoError(int status) {
		assertThatIllegalArgumentException().isThrownBy(() -> SimulatedFault.status(status))
			.withMessageContaining(Integer.toString(status));
	}

	private ApiCaller.Answer push() {
		return this.caller.post(PATH, Bodies.incomingPayment(PAYER));
	}

	private URI create() {
		return this.caller.create(PATH, Bodies.incomingPayment(PAYER));
	}

	private ApiCaller.Answer requestToken() {
		return this.caller.form("/oauth/token", this.caller.credentials(Map.of("grant_type", "client_credentials")));
	}

	private static String id(URI location) {
		return location.getPath().substring(location.getPath().lastIndexOf('/') + 1);
	}

}
