package io.github.k2connect.docs;

import io.github.k2connect.K2Exception;
import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for the example of the page about idempotency keys.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@Import(IdempotentCheckout.class)
class IdempotentCheckoutTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Checkout naive;

	@Autowired
	private IdempotentCheckout checkout;

	@Autowired
	private Orders orders;

	@Autowired
	private K2IdempotencyKeys keys;

	@BeforeEach
	void reset() {
		this.kopoKopo.reset();
	}

	private long pushes(String orderId) {
		return this.kopoKopo.journal()
			.stream()
			.filter((exchange) -> exchange.method().equals("POST") && exchange.path().endsWith("/incoming_payments")
					&& exchange.body().contains('"' + orderId + '"'))
			.count();
	}

	private void awaitState(String orderId, String state) {
		Awaitility.await().untilAsserted(() -> assertThat(this.orders.state(orderId)).startsWith(state));
	}

	/**
	 * What the page shows first.
	 */
	@Test
	void naiveCheckoutSendsTwoPushesWhenButtonIsPressedTwice() {
		this.naive.pay("order-21", SimulatedPhoneNumber.NEVER_ANSWERS, 2200);
		this.naive.pay("order-21", SimulatedPhoneNumber.NEVER_ANSWERS, 2200);
		assertThat(pushes("order-21")).isEqualTo(2);
	}

	@Test
	void sendsOnePushWhenButtonIsPressedTwice() {
		this.checkout.pay("order-22", SimulatedPhoneNumber.NEVER_ANSWERS, 2200);
		this.checkout.pay("order-22", SimulatedPhoneNumber.NEVER_ANSWERS, 2200);
		assertThat(pushes("order-22")).isOne();
		assertThat(this.keys.find("order-22-1")).isPresent();
	}

	@Test
	void sendsAnotherPushAfterFailure() {
		this.checkout.pay("order-23", SimulatedPhoneNumber.CANCELS, 2200);
		awaitState("order-23", "not paid");
		this.checkout.pay("order-23", SimulatedPhoneNumber.PAYS, 2200);
		awaitState("order-23", "paid 2200");
		assertThat(pushes("order-23")).isEqualTo(2);
	}

	/**
	 * Kopo Kopo has received the request, and its response is lost. The token was
	 * requested before, so the fault is that of the push.
	 */
	@Test
	void sendsOnePushWhenResponseIsLost() {
		this.checkout.pay("order-24", SimulatedPhoneNumber.NEVER_ANSWERS, 2200);
		this.kopoKopo.inject(SimulatedFault.connectionCut(), 1);
		assertThatExceptionOfType(K2Exception.class)
			.isThrownBy(() -> this.checkout.pay("order-25", SimulatedPhoneNumber.PAYS, 2200))
			.matches(K2Exception::outcomeUnknown);
		awaitState("order-25", "paid 2200");
		Awaitility.await().untilAsserted(() -> assertThat(this.keys.find("order-25-1")).isPresent());
		this.checkout.pay("order-25", SimulatedPhoneNumber.PAYS, 2200);
		assertThat(pushes("order-25")).isOne();
	}

}
