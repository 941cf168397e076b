package io.github.k2connect.settlement;

import java.math.BigDecimal;
import java.net.URI;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2ApiException;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.SettlementTransferResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

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
		URI location = kopoKopo.creates(PATH);
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

	@ParameterizedTest
	@EnumSource(ApiVersion.class)
	void usesVersion1WhicheverIsConfigured(ApiVersion configured) {
		kopoKopo.creates(PATH, "settlement_transfers/st-1");
		kopoKopo.has(PATH + "/st-1", """
				{"data": {"id": "st-1", "type": "settlement_transfer", "attributes": {}}}""");
		SettlementTransferService configuredService = new SettlementTransferService(kopoKopo.client(configured));
		assertThat(configuredService.settleFunds(SettlementTransferRequest.blind().build()))
			.isEqualTo(kopoKopo.url(PATH + "/st-1"));
		assertThat(configuredService.getStatus(URI.create("/settlement_transfers/st-1")).id()).isEqualTo("st-1");
	}

	@Test
	void requiresCallbackUrl() {
		SettlementTransferService withoutCallback = new SettlementTransferService(kopoKopo.client(ApiVersion.V1, null));
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> withoutCallback.settleFunds(SettlementTransferRequest.blind().build()))
			.withMessageContaining("callbackUrl is required");
		kopoKopo.assertNothingSent();
	}

	@Test
	void doesNotRepeatTransferOfUnknownOutcome() {
		kopoKopo.answers(PATH, 503, "text/html", "");
		assertThatExceptionOfType(K2ApiException.class)
			.isThrownBy(() -> this.service.settleFunds(SettlementTransferRequest.blind().build()))
			.satisfies((ex) -> assertThat(ex.outcomeUnknown()).isTrue());
		assertThat(kopoKopo.posted(PATH)).isNotEmpty();
	}

	@Test
	void blindTransferHasNoAmountAtFirst() {
		URI location = kopoKopo.has(PATH + "/st-1", """
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
	void rejectsOtherResource() {
		URI location = kopoKopo.has("/api/v1/payments/pay-1", """
				{"data": {"id": "pay-1", "type": "payment", "attributes": {"status": "Transferred"}}}""");
		assertThatExceptionOfType(K2ResponseException.class).isThrownBy(() -> this.service.getStatus(location))
			.withMessageContaining("'type'");
	}

	@Test
	void reportsUnknownTransferAsNotFound() {
		URI location = kopoKopo.answers(PATH + "/st-2", 404, "application/json",
				"{\"error_code\":404,\"error_message\":\"Resource not found\"}");
		assertThatExceptionOfType(K2ApiException.class).isThrownBy(() -> this.service.getStatus(location))
			.satisfies((ex) -> {
				assertThat(ex.statusCode()).isEqualTo(404);
				assertThat(ex.errorMessage()).isEqualTo("Resource not found");
				assertThat(ex.outcomeUnknown()).isFalse();
			});
	}

}
