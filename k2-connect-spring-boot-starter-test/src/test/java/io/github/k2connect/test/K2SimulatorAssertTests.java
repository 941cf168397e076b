package io.github.k2connect.test;

import java.time.Duration;
import java.util.List;

import org.junit.jupiter.api.Test;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link K2SimulatorAssert}.
 */
class K2SimulatorAssertTests extends SimulatorTestSupport {

	private static final String PATH = "/api/v1/incoming_payments";

	private static final Duration AT_ONCE = Duration.ZERO;

	@Test
	void findsRequests() {
		this.caller.get(this.caller.create(PATH, Bodies.incomingPayment("+254711222333")));
		this.caller.get(PATH + "/unknown?page=2");
		assertThat(this.simulator).hasReceived("POST", "/oauth/token")
			.hasReceived("POST", PATH)
			.hasReceived(1, "POST", PATH)
			.hasReceived("GET", PATH + "/unknown")
			.hasReceived(2, "GET", PATH + "/*")
			.hasReceived(0, "GET", PATH);
	}

	@Test
	void waitsForDelivery() {
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		assertThat(this.simulator).hasDelivered("incoming_payment").hasDelivered(1, "incoming_payment");
	}

	@Test
	void deliveryIsAccepted() {
		this.application.answer(List.of(503, 200));
		this.caller.create(PATH, Bodies.incomingPayment("+254711222333"));
		assertThat(this.simulator).hasDeliveredWithStatus("incoming_payment", 503).hasDelivered(1, "incoming_payment");
	}

	@Test
	void failureShowsJournal() {
		this.caller.post(PATH, Bodies.incomingPayment("12"));
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.simulator).within(AT_ONCE).hasReceived("GET", PATH))
			.withMessageContaining("received GET " + PATH)
			.withMessageContaining("REQUEST POST /oauth/token -> 200")
			.withMessageContaining("REQUEST POST " + PATH + " -> 400");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.simulator).within(AT_ONCE).hasDelivered("incoming_payment"))
			.withMessageContaining("delivered incoming_payment");
	}

	@Test
	void failureTellsHowOften() {
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.simulator).within(AT_ONCE).hasReceived(2, "POST", "/oauth/token"))
			.withMessageContaining("2 times")
			.withMessageContaining("1 times");
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.simulator).within(AT_ONCE).hasReceived(0, "POST", "/oauth/token"));
	}

	@Test
	void failureOfEmptyJournal() {
		this.simulator.reset();
		assertThatExceptionOfType(AssertionError.class)
			.isThrownBy(() -> assertThat(this.simulator).within(AT_ONCE).hasDelivered("incoming_payment"))
			.withMessageContaining("(empty)");
	}

}
