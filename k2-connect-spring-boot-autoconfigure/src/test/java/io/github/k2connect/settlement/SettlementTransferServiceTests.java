package io.github.k2connect.settlement;

import java.math.BigDecimal;

import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2Location;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.SettlementTransferResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link SettlementTransferService}.
 */
class SettlementTransferServiceTests {

	private static final String PATH = "/api/v1/settlement_transfers";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final SettlementTransferService service = new SettlementTransferService(kopoKopo.client());

	@Test
	void sendsAllProperties() {
		K2Location location = kopoKopo.creates(PATH);
		SettlementTransferRequest request = SettlementTransferRequest.builder()
			.destinationType("merchant_bank_account")
			.destinationReference("c7f300c0-f1ef-4151-9bbe-005005aa3747")
			.currency("KES")
			.amount(new BigDecimal("900.5"))
			.callbackUrl("https://other.example/results")
			.build();
		assertThat(this.service.settleFunds(request)).isEqualTo(location);
		kopoKopo.assertPosted(PATH, """
				{
				  "destination_type": "merchant_bank_account",
				  "destination_reference": "c7f300c0-f1ef-4151-9bbe-005005aa3747",
				  "amount": {"currency": "KES", "value": 900.5},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void sendsAmountForPreferredAccount() {
		kopoKopo.creates(PATH);
		this.service.settleFunds(SettlementTransferRequest.builder().amount(900).build());
		kopoKopo.assertPosted(PATH, """
				{
				  "amount": {"currency": "KES", "value": 900},
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void blindTransferSendsOnlyCallbackUrl() {
		kopoKopo.creates(PATH);
		this.service.settleFunds(SettlementTransferRequest.blind().build());
		kopoKopo.assertPosted(PATH, """
				{"_links": {"callback_url": "https://duka.example/k2/webhooks"}}""");
	}

	@Test
	void blindTransferHasNoAmountAtFirst() {
		K2Location location = kopoKopo.has(PATH + "/st-1", """
				{
				  "data": {
				    "id": "st-1",
				    "type": "settlement_transfer",
				    "attributes": {
				      "status": "Pending",
				      "created_at": "2026-03-12T11:00:00+03:00",
				      "amount": {"currency": "KES", "value": null},
				      "transfer_batches": null,
				      "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				    }
				  }
				}""");
		SettlementTransferResult result = this.service.getStatus(location);
		assertThat(result.isPending()).isTrue();
		assertThat(result.amount()).isNull();
		assertThat(result.currency()).isEqualTo("KES");
		assertThat(result.transferBatches()).isEmpty();
		assertThat(result.callbackUrl()).isEqualTo(KopoKopoServer.CALLBACK);
	}

	@Test
	void reportsUnknownTransferAsNotFound() {
		K2Location location = kopoKopo.answers(PATH + "/st-2", 404, "application/json",
				"{\"error_code\":404,\"error_message\":\"Resource not found\"}");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.service.getStatus(location))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(404);
				assertThat(ex.errorMessage()).isEqualTo("Resource not found");
				assertThat(ex.outcomeUnknown()).isFalse();
			});
	}

}
