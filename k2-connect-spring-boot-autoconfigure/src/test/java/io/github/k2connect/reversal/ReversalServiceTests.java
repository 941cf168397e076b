package io.github.k2connect.reversal;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.ReversalBulkPayment;
import io.github.k2connect.event.ReversalResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ReversalService}.
 */
class ReversalServiceTests {

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final ReversalService service = new ReversalService(kopoKopo.client());

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates("/api/v2/reversals");
		ReversalRequest request = ReversalRequest.builder()
			.transactionReference("TCB5X1")
			.reason("Sold out")
			.callbackUrl("https://other.example/results")
			.metadata("order_id", "order-88")
			.build();
		assertThat(this.service.initiateReversal(request)).isEqualTo(location);
		kopoKopo.assertPosted("/api/v2/reversals", """
				{
				  "transaction_reference": "TCB5X1",
				  "reason": "Sold out",
				  "metadata": {"order_id": "order-88"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates("/api/v2/reversals");
		this.service.initiateReversal(minimal());
		kopoKopo.assertPosted("/api/v2/reversals", """
				{
				  "transaction_reference": "TCB5X1",
				  "reason": "Sold out",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@ParameterizedTest
	@ValueSource(strings = { "reversal", "reversals" })
	void hasOutcomeOfBulkPayment(String type) {
		K2Location location = kopoKopo.has("/api/v2/reversals/rev-1", """
				{
				  "data": {
				    "id": "rev-1",
				    "type": "%s",
				    "attributes": {
				      "transaction_reference": "TCB5X1",
				      "reason": "Sold out",
				      "status": "Processed",
				      "created_at": "2026-03-11T10:02:03+03:00",
				      "reversal_bulk_payment": {
				        "amount": "233",
				        "status": "Cancelled",
				        "origination_time": "2026-03-11T10:05:00+03:00",
				        "transaction_reference": 4711
				      },
				      "errors": "Insufficient balance",
				      "metadata": {"order_id": 88},
				      "_links": {"callback_url": "https://duka.example/k2/webhooks", "self": null}
				    }
				  }
				}""".formatted(type));
		ReversalResult result = this.service.getStatus(location);
		assertThat(result.isFailed()).isTrue();
		assertThat(result.bulkPayment()).isNotNull()
			.extracting(ReversalBulkPayment::amount, ReversalBulkPayment::transactionReference)
			.containsExactly(new BigDecimal("233"), "4711");
		assertThat(result.errors()).containsExactly("Insufficient balance");
		assertThat(result.metadata()).containsExactly(Map.entry("order_id", "88"));
	}

	@Test
	void processedReversalWithoutBulkPaymentIsPending() {
		K2Location location = kopoKopo.has("/api/v2/reversals/rev-1", """
				{
				  "data": {
				    "id": "rev-1",
				    "type": "reversal",
				    "attributes": {"status": "Processed", "reversal_bulk_payment": null, "errors": null}
				  }
				}""");
		ReversalResult result = this.service.getStatus(location);
		assertThat(result.isPending()).isTrue();
		assertThat(result.errors()).isEmpty();
	}

	private static ReversalRequest minimal() {
		return ReversalRequest.builder().transactionReference("TCB5X1").reason("Sold out").build();
	}

}
