package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;

import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.PayoutResult;
import io.github.k2connect.event.ResultEnvelope;
import io.github.k2connect.event.TransferBatch;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class PayoutsTests {

	@Test
	void notesDisbursementThatFailed() {
		Disbursement failed = disbursement("dest-2", "Failed", "Account is closed");
		assertThat(failures(payment("Processed",
				new TransferBatch("Transferred", List.of(disbursement("dest-1", "Transferred"), failed), null))))
			.isEqualTo(Map.of("pay-1", List.of(failed)));
	}

	@Test
	void notesPayoutThatFailedAsAWhole() {
		assertThat(failures(payment("Failed"))).isEqualTo(Map.of("pay-1", List.of()));
	}

	@Test
	void notesPayoutWhoseBatchFailed() {
		assertThat(failures(payment("Processed", new TransferBatch("Failed", List.of(), null))))
			.isEqualTo(Map.of("pay-1", List.of()));
	}

	@Test
	void notesNothingBeforeTheOutcomeIsFinal() {
		assertThat(failures(payment("Processed",
				new TransferBatch("Transferred",
						List.of(disbursement("dest-1", "Pending"), disbursement("dest-2", "Failed")), null))))
			.isEmpty();
	}

	private static Map<String, List<Disbursement>> failures(PayoutResult result) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Payouts.class)) {
			context.publishEvent(result);
			return context.getBean(Payouts.class).failures();
		}
	}

	private static PaymentResult payment(String status, TransferBatch... batches) {
		return new PaymentResult(new ResultEnvelope("pay-1", K2Event.DEFAULT_ACCOUNT, "payment", status, null, null),
				null, List.of(batches), null, "KES", Map.of());
	}

	private static Disbursement disbursement(String reference, String status, String... errors) {
		return new Disbursement(null, status, "bank_account", reference, null, null, List.of(errors), null);
	}

}
