package io.github.k2connect.sendmoney;

import java.math.BigDecimal;
import java.util.Map;

import io.github.k2connect.K2Location;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.SendMoneyResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SendMoneyService}.
 */
class SendMoneyServiceTests {

	private static final String PATH = "/api/v2/send_money";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final SendMoneyService service = new SendMoneyService(kopoKopo.client());

	@Test
	void sendsAllPropertiesOfAllDestinations() {
		K2Location location = kopoKopo.creates(PATH);
		SendMoneyRequest request = SendMoneyRequest.builder()
			.destination(Destination.mobileWallet()
				.phoneNumber("0712 000-001")
				.network("Safaricom")
				.amount(new BigDecimal("150.50"))
				.description("Refund")
				.nickname("Asha")
				.favourite(true)
				.build())
			.destination(Destination.bankAccount()
				.accountName("Asha Wairimu")
				.accountNumber("009988776655")
				.bankBranchRef("branch-1")
				.amount(2500)
				.description("Salary")
				.nickname("Salary account")
				.favourite(false)
				.build())
			.destination(Destination.till()
				.tillNumber("K112233")
				.amount(3)
				.description("Mangoes")
				.nickname("Grocer")
				.favourite(true)
				.build())
			.destination(Destination.paybill()
				.paybillNumber("888880")
				.paybillAccountNumber("meter-7")
				.amount(4)
				.description("Power")
				.nickname("Meter")
				.favourite(true)
				.build())
			.destination(Destination.merchantWallet()
				.reference("mw-1")
				.amount(5)
				.description("Float")
				.nickname("Own phone")
				.favourite(true)
				.build())
			.destination(Destination.merchantBankAccount()
				.reference("mba-1")
				.amount(6)
				.description("Savings")
				.nickname("Own bank")
				.favourite(true)
				.build())
			.sourceIdentifier("K445566")
			.currency("KES")
			.callbackUrl("https://other.example/results")
			.metadata("payroll", "2026-03")
			.build();
		assertThat(this.service.sendMoney(request)).isEqualTo(location);
		kopoKopo.assertPosted(PATH, """
				{
				  "destinations": [
				    {"type": "mobile_wallet", "phone_number": "254712000001", "network": "Safaricom",
				      "amount": 150.50, "description": "Refund", "nickname": "Asha", "favourite": true},
				    {"type": "bank_account", "account_name": "Asha Wairimu", "account_number": "009988776655",
				      "bank_branch_ref": "branch-1", "amount": 2500, "description": "Salary",
				      "nickname": "Salary account", "favourite": false},
				    {"type": "till", "till_number": "K112233", "amount": 3, "description": "Mangoes",
				      "nickname": "Grocer", "favourite": true},
				    {"type": "paybill", "paybill_number": "888880", "paybill_account_number": "meter-7",
				      "amount": 4, "description": "Power", "nickname": "Meter", "favourite": true},
				    {"type": "merchant_wallet", "reference": "mw-1", "amount": 5, "description": "Float",
				      "nickname": "Own phone", "favourite": true},
				    {"type": "merchant_bank_account", "reference": "mba-1", "amount": 6,
				      "description": "Savings", "nickname": "Own bank", "favourite": true}
				  ],
				  "source_identifier": "K445566",
				  "currency": "KES",
				  "metadata": {"payroll": "2026-03"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void omitsMissingProperties() {
		kopoKopo.creates(PATH);
		this.service.sendMoney(minimal());
		kopoKopo.assertPosted(PATH, """
				{
				  "destinations": [{"type": "merchant_wallet", "reference": "mw-1", "amount": 1}],
				  "currency": "KES",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void sweepHasNoDestinations() {
		K2Location location = kopoKopo.creates(PATH);
		SweepRequest request = SweepRequest.builder()
			.sourceIdentifier("K445566")
			.currency("KES")
			.callbackUrl("https://other.example/results")
			.metadata("day", "2026-03-11")
			.build();
		assertThat(this.service.sweep(request)).isEqualTo(location);
		kopoKopo.assertPosted(PATH, """
				{
				  "source_identifier": "K445566",
				  "currency": "KES",
				  "metadata": {"day": "2026-03-11"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void sweepRequiresOnlyCallbackUrl() {
		kopoKopo.creates(PATH);
		this.service.sweep(SweepRequest.builder().build());
		kopoKopo.assertPosted(PATH, """
				{"currency": "KES", "_links": {"callback_url": "https://duka.example/k2/webhooks"}}""");
	}

	@Test
	void readsBatchesOfTransferredMoney() {
		K2Location location = kopoKopo.has(PATH + "/sm-1", """
				{
				  "data": {
				    "id": "sm-1",
				    "type": "send_money",
				    "attributes": {
				      "status": "Transferred",
				      "created_at": "2026-03-11T10:02:03.125+03:00",
				      "source_identifier": 445566,
				      "destinations": [
				        {"type": "till", "till_number": 112233, "amount": "3.0", "description": "Mangoes",
				          "nickname": "Grocer", "favourite": true}
				      ],
				      "currency": "KES",
				      "transfer_batches": [
				        {
				          "status": "Transferred",
				          "amount": 3.0,
				          "disbursements": [
				            {"amount": "3.0", "status": "Transferred", "destination_type": "till",
				              "destination_reference": "K112233", "origination_time": "2026-03-11T10:05:00Z",
				              "transaction_reference": 4711}
				          ]
				        }
				      ],
				      "errors": [],
				      "metadata": {"payroll": 3},
				      "_links": {"callback_url": "https://duka.example/k2/webhooks", "self": null}
				    }
				  }
				}""");
		SendMoneyResult result = this.service.getStatus(location);
		assertThat(result.isSuccessful()).isTrue();
		assertThat(result.sourceIdentifier()).isEqualTo("445566");
		assertThat(result.destinations()).singleElement().satisfies((destination) -> {
			assertThat(destination.tillNumber()).isEqualTo("112233");
			assertThat(destination.favourite()).isTrue();
		});
		assertThat(result.transferBatches()).singleElement().satisfies((batch) -> {
			assertThat(batch.amount()).isEqualTo(new BigDecimal("3.0"));
			assertThat(batch.disbursements()).singleElement()
				.satisfies((disbursement) -> assertThat(disbursement.transactionReference()).isEqualTo("4711"));
		});
		assertThat(result.metadata()).containsExactly(Map.entry("payroll", "3"));
	}

	@Test
	void scheduledMoneyHasNoBatches() {
		K2Location location = kopoKopo.has(PATH + "/sm-1", """
				{
				  "data": {
				    "id": "sm-1",
				    "type": "send_money",
				    "attributes": {"status": "Scheduled", "transfer_batches": null, "errors": null, "metadata": null}
				  }
				}""");
		SendMoneyResult result = this.service.getStatus(location);
		assertThat(result.isPending()).isTrue();
		assertThat(result.transferBatches()).isEmpty();
		assertThat(result.destinations()).isEmpty();
	}

	private static SendMoneyRequest minimal() {
		return SendMoneyRequest.builder()
			.destination(Destination.merchantWallet().reference("mw-1").amount(1).build())
			.build();
	}

}
