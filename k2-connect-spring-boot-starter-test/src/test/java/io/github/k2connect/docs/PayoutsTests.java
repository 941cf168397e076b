package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;

import io.github.k2connect.event.Disbursement;
import io.github.k2connect.test.SimulatedResult;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class PayoutsTests {

	private final SimulatedResult payment = SimulatedResult.payment().id("pay-1");

	@Test
	void notesDisbursementThatFailed() {
		Map<String, List<Disbursement>> failures = failures(this.payment.withFailedDisbursement("Account is closed"));
		assertThat(failures).containsOnlyKeys("pay-1");
		assertThat(failures.get("pay-1")).singleElement()
			.extracting(Disbursement::errors)
			.isEqualTo(List.of("Account is closed"));
	}

	@Test
	void notesPayoutThatFailedAsAWhole() {
		assertThat(failures(this.payment.failed("Not enough money"))).isEqualTo(Map.of("pay-1", List.of()));
	}

	@Test
	void notesPayoutWhoseBatchFailed() {
		assertThat(failures(this.payment.withFailedBatch())).isEqualTo(Map.of("pay-1", List.of()));
	}

	@Test
	void notesNothingBeforeTheOutcomeIsFinal() {
		assertThat(failures(this.payment.withFailedDisbursement("Account is closed")
			.with("transfer_batches.0.disbursements.0.status", "Pending"))).isEmpty();
	}

	private static Map<String, List<Disbursement>> failures(SimulatedResult result) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Payouts.class)) {
			context.publishEvent(result.toEvent());
			return context.getBean(Payouts.class).failures();
		}
	}

}
