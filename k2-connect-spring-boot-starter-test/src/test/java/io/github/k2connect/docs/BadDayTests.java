package io.github.k2connect.docs;

import io.github.k2connect.K2Exception;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import io.github.k2connect.test.SimulatedPhoneNumber;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@DirtiesContext
class BadDayTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Orders orders;

	@BeforeEach
	void reset() {
		this.kopoKopo.reset();
	}

	@Test
	void paysWhenKopoKopoIsBack() {
		this.kopoKopo.inject(SimulatedFault.status(503));
		assertThatExceptionOfType(K2Exception.class)
			.isThrownBy(() -> this.checkout.pay("order-6", SimulatedPhoneNumber.PAYS, 2200));
		this.kopoKopo.heal();
		this.checkout.pay("order-6", SimulatedPhoneNumber.PAYS, 2200);
		assertThat(this.kopoKopo).hasDelivered("incoming_payment");
		assertThat(this.orders.payments("order-6")).isEqualTo(1);
	}

	@Test
	void countsPaymentOnceIfCallbackComesTwice() {
		this.kopoKopo.inject(SimulatedFault.callbackTwice(), 1);
		this.checkout.pay("order-7", SimulatedPhoneNumber.PAYS, 2200);
		assertThat(this.kopoKopo).hasDelivered(2, "incoming_payment");
		assertThat(this.orders.payments("order-7")).isEqualTo(1);
	}

}
