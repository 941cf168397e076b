package io.github.k2connect.polling;

import java.math.BigDecimal;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

import io.github.k2connect.K2Location;
import io.github.k2connect.Scope;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.PollingResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link PollingService}.
 */
class PollingServiceTests {

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final PollingService service = new PollingService(kopoKopo.client());

	@Test
	void sendsAllPropertiesWithOffsetsOfTimes() {
		K2Location location = kopoKopo.creates("/api/v1/polling");
		PollingRequest request = PollingRequest.builder()
			.fromTime(OffsetDateTime.of(2026, 3, 11, 8, 0, 0, 0, ZoneOffset.ofHours(3)))
			.toTime(OffsetDateTime.of(2026, 3, 11, 9, 15, 30, 125_000_000, ZoneOffset.UTC))
			.scope(Scope.TILL)
			.scopeReference("K112233")
			.callbackUrl("https://other.example/results")
			.build();
		assertThat(this.service.pollTransactions(request)).isEqualTo(location);
		kopoKopo.assertPosted("/api/v1/polling", """
				{
				  "scope": "till",
				  "scope_reference": "K112233",
				  "from_time": "2026-03-11T08:00:00+03:00",
				  "to_time": "2026-03-11T09:15:30.125Z",
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates("/api/v1/polling");
		this.service.pollTransactions(minimal());
		kopoKopo.assertPosted("/api/v1/polling", """
				{
				  "scope": "company",
				  "from_time": "2026-03-11T00:00:00+03:00",
				  "to_time": "2026-03-12T00:00:00+03:00",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void finishedPollHasTransactions() {
		K2Location location = kopoKopo.has("/api/v1/polling/poll-1", """
				{
				  "data": {
				    "id": "poll-1",
				    "type": "polling",
				    "attributes": {
				      "status": "Success",
				      "from_time": "2026-03-11T00:00:00.000+03:00",
				      "to_time": "2026-03-11T21:00:00Z",
				      "scope": "Till",
				      "scope_reference": 112233,
				      "transactions": [
				        {
				          "type": "Buygoods Transaction",
				          "resource": {
				            "id": "tx-1",
				            "reference": "TCB5X1",
				            "origination_time": "2026-03-11T10:02:03+03:00",
				            "sender_phone_number": "+254712000001",
				            "amount": "100.0",
				            "currency": "KES",
				            "till_number": "K112233",
				            "system": "Lipa Na M-PESA",
				            "status": "Received",
				            "sender_first_name": "Asha"
				          }
				        },
				        {"type": "Buygoods Transaction", "resource": {"id": "tx-2", "amount": 20000}}
				      ],
				      "_links": {
				        "callback_url": "https://duka.example/k2/webhooks",
				        "self": "https://sandbox.kopokopo.com/api/v1/polling/poll-1"
				      }
				    }
				  }
				}""");
		PollingResult result = this.service.getStatus(location);
		assertThat(result.isSuccessful()).isTrue();
		assertThat(result.fromTime()).hasToString("2026-03-11T00:00+03:00");
		assertThat(result.scopeReference()).isEqualTo("112233");
		assertThat(result.linkSelf()).hasToString("https://sandbox.kopokopo.com/api/v1/polling/poll-1");
		assertThat(result.transactions()).hasSize(2);
		assertThat(result.transactions().get(0).reference()).isEqualTo("TCB5X1");
		assertThat(result.transactions().get(0).amount()).isEqualTo(new BigDecimal("100.0"));
		assertThat(result.transactions().get(1).amount()).isEqualTo(new BigDecimal("20000"));
		assertThat(result.transactions().get(1).senderFirstName()).isNull();
	}

	@Test
	void pendingPollHasNoTransactions() {
		K2Location location = kopoKopo.has("/api/v1/polling/poll-1", """
				{
				  "data": {
				    "id": "poll-1",
				    "type": "polling",
				    "attributes": {"status": "Pending", "scope": "Company", "scope_reference": "", "transactions": null}
				  }
				}""");
		PollingResult result = this.service.getStatus(location);
		assertThat(result.isPending()).isTrue();
		assertThat(result.transactions()).isEmpty();
	}

	private static PollingRequest minimal() {
		return PollingRequest.builder()
			.fromTime(OffsetDateTime.parse("2026-03-11T00:00+03:00"))
			.toTime(OffsetDateTime.parse("2026-03-12T00:00+03:00"))
			.scope(Scope.COMPANY)
			.build();
	}

}
