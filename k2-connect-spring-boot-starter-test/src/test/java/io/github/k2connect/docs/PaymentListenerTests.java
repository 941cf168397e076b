package io.github.k2connect.docs;

import java.math.BigDecimal;

import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedWebhook;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
class PaymentListenerTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private TillReport report;

	@Test
	void aPaymentToTheTillIsCounted() {
		BigDecimal before = this.report.takings();
		int status = this.kopoKopo.deliver(SimulatedWebhook.buygoodsTransactionReceived().with("amount", "450.50"));
		assertThat(status).isEqualTo(200);
		assertThat(this.report.takings().subtract(before)).isEqualByComparingTo("450.50");
	}

}
