package io.github.k2connect.docs;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
class PaymentFlowTests {

	@Autowired
	private Checkout checkout;

	@Autowired
	private Orders orders;

	@Test
	void paysOrder() {
		this.checkout.pay("order-1", SimulatedPhoneNumber.PAYS, 2200);
		Awaitility.await().untilAsserted(() -> assertThat(this.orders.state("order-1")).startsWith("paid 2200"));
	}

	@Test
	void failsWithInsufficientFunds() {
		this.checkout.pay("order-2", SimulatedPhoneNumber.INSUFFICIENT_BALANCE, 2200);
		Awaitility.await().untilAsserted(() -> assertThat(this.orders.state("order-2")).startsWith("not paid"));
	}

}
