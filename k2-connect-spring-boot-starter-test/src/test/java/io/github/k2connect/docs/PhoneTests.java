package io.github.k2connect.docs;

import java.time.Duration;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.PaymentPrompt;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static io.github.k2connect.test.K2SimulatorAssert.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator(interactive = true)
class PhoneTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Checkout checkout;

	@Autowired
	private Orders orders;

	@Test
	void customerPays() {
		this.checkout.pay("order-8", "0712345678", 2200);
		PaymentPrompt prompt = this.kopoKopo.phone("0712345678").awaitPrompt(Duration.ofSeconds(5));
		assertThat(prompt.amount()).isEqualByComparingTo("2200");
		assertThat(this.orders.state("order-8")).startsWith("waiting");
		prompt.enterPin();
		assertThat(this.kopoKopo).hasDelivered("incoming_payment");
		assertThat(this.orders.state("order-8")).isEqualTo("paid 2200.0");
	}

}
