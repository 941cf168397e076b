package io.github.k2connect.docs;

import java.math.BigDecimal;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedResult;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.annotation.DirtiesContext;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@DirtiesContext
class CheckoutTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private Orders orders;

	@Autowired
	private TillReport report;

	@Test
	void deliversResult() {
		SimulatedResult paid = SimulatedResult.stkPush()
			.metadata("order", "order-3")
			.with("event.resource.amount", "850.0");
		this.kopoKopo.deliver(paid);
		this.kopoKopo
			.deliver(SimulatedResult.stkPush().metadata("order", "order-4").failed("Request cancelled by user"));
		assertThat(this.orders.state("order-3")).isEqualTo("paid 850.0");
		assertThat(this.orders.state("order-4")).isEqualTo("not paid: Request cancelled by user");
	}

	@Test
	void deliversBothMessages() {
		SimulatedResult paid = SimulatedResult.stkPush().metadata("order", "order-5");
		BigDecimal before = this.report.takings();
		this.kopoKopo.deliver(SimulatedWebhook.buygoodsTransactionReceived(paid));
		this.kopoKopo.deliver(paid);
		assertThat(this.report.takings().subtract(before)).isEqualByComparingTo("2200");
		assertThat(this.orders.state("order-5")).isEqualTo("paid 2200.0");
	}

}
