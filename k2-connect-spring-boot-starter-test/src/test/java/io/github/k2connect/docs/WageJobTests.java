package io.github.k2connect.docs;

import java.time.Duration;
import java.util.List;

import io.github.k2connect.K2IdempotencyKeys;
import io.github.k2connect.docs.WageJob.Wage;
import io.github.k2connect.test.AutoConfigureK2Simulator;
import io.github.k2connect.test.K2Simulator;
import io.github.k2connect.test.SimulatedFault;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the job of the page about idempotency keys.
 */
@SpringBootTest(webEnvironment = SpringBootTest.WebEnvironment.RANDOM_PORT)
@AutoConfigureK2Simulator
@Import(WageJob.class)
class WageJobTests {

	@Autowired
	private K2Simulator kopoKopo;

	@Autowired
	private WageJob job;

	@Autowired
	private K2IdempotencyKeys keys;

	private long sent(String wageId) {
		return this.kopoKopo.journal()
			.stream()
			.filter((exchange) -> exchange.method().equals("POST") && exchange.path().endsWith("/send_money")
					&& exchange.body().contains(wageId))
			.count();
	}

	@Test
	void paysOnceWhenJobRunsTwice() {
		List<Wage> wages = List.of(new Wage("wage-1", "0712000001", 1500, "March"),
				new Wage("wage-2", "0712000002", 1700, "March"));
		this.job.run(wages);
		this.job.run(wages);
		assertThat(sent("wage-1")).isOne();
		assertThat(sent("wage-2")).isOne();
		assertThat(this.job.forAPerson()).isEmpty();
		assertThat(this.keys.find("wage-1")).isPresent().isNotEqualTo(this.keys.find("wage-2"));
	}

	/**
	 * Kopo Kopo has received the request, and its response is lost.
	 */
	@Test
	void paysOnceWhenResponseIsLost() {
		List<Wage> wages = List.of(new Wage("wage-3", "0712000003", 1500, "March"));
		this.kopoKopo.inject(SimulatedFault.connectionCut(), 1);
		this.job.run(wages);
		Awaitility.await()
			.atMost(Duration.ofSeconds(10))
			.untilAsserted(() -> assertThat(this.keys.find("wage-3")).isPresent());
		this.job.run(wages);
		assertThat(sent("wage-3")).isOne();
		assertThat(this.job.forAPerson()).isEmpty();
	}

}
