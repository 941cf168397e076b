package io.github.k2connect.docs;

import java.util.List;
import java.util.Map;

import io.github.k2connect.event.Disbursement;
import io.github.k2connect.event.K2Event;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.event.ResultEnvelope;
import io.github.k2connect.event.TransferBatch;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

class PayoutsTests {

	@Test
	void aDisbursementThatFailedIsNoted() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Payouts.class)) {
			context.publishEvent(payment(disbursement("dest-1", "Transferred"),
					disbursement("dest-2", "Failed", "Account is closed")));
			assertThat(context.getBean(Payouts.class).failures())
				.isEqualTo(Map.of("dest-2", List.of("Account is closed")));
		}
	}

	private static PaymentResult payment(Disbursement... disbursements) {
		return new PaymentResult(
				new ResultEnvelope("pay-1", K2Event.DEFAULT_ACCOUNT, "payment", "Processed", null, null), null,
				List.of(new TransferBatch("Transferred", List.of(disbursements), null)), null, "KES", Map.of());
	}

	private static Disbursement disbursement(String reference, String status, String... errors) {
		return new Disbursement(null, status, "bank_account", reference, null, null, List.of(errors), null);
	}

}
