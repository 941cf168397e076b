package io.github.k2connect.pay;

import java.math.BigDecimal;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.github.k2connect.InvalidK2RequestException;
import io.github.k2connect.K2Location;
import io.github.k2connect.K2ResponseException;
import io.github.k2connect.Violation;
import io.github.k2connect.client.ApiVersion;
import io.github.k2connect.client.KopoKopoServer;
import io.github.k2connect.event.PaymentResult;
import io.github.k2connect.recipient.Recipient;
import io.github.k2connect.recipient.RecipientDetails;
import io.github.k2connect.recipient.RecipientStatus;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/**
 * Tests for {@link PayService}.
 */
class PayServiceTests {

	private static final String RECIPIENTS = "/api/v1/pay_recipients";

	private static final String PAYMENTS = "/api/v1/payments";

	@RegisterExtension
	static final KopoKopoServer kopoKopo = new KopoKopoServer();

	private final PayService service = new PayService(kopoKopo.client());

	@ParameterizedTest
	@MethodSource
	void sendsRecipientWithoutNickname(Recipient recipient, String json) {
		K2Location location = kopoKopo.creates(RECIPIENTS);
		assertThat(this.service.addPayRecipient(recipient)).isEqualTo(location);
		kopoKopo.assertPosted(RECIPIENTS, json);
	}

	static Stream<Arguments> sendsRecipientWithoutNickname() {
		return Stream.of(
				arguments(Recipient.mobileWallet()
					.firstName("Asha")
					.lastName("Wairimu")
					.phoneNumber("0712000001")
					.email("asha@example.com")
					.network("Safaricom")
					.nickname("Shamba")
					.build(), """
							{
							  "type": "mobile_wallet",
							  "pay_recipient": {
							    "first_name": "Asha",
							    "last_name": "Wairimu",
							    "phone_number": "+254712000001",
							    "email": "asha@example.com",
							    "network": "Safaricom"
							  }
							}"""),
				arguments(Recipient.bankAccount()
					.accountName("Nyumba Bora")
					.accountNumber("0990012345")
					.bankBranchRef("branch-9")
					.settlementMethod("EFT")
					.nickname("Kodi")
					.build(), """
							{
							  "type": "bank_account",
							  "pay_recipient": {
							    "account_name": "Nyumba Bora",
							    "account_number": "0990012345",
							    "bank_branch_ref": "branch-9",
							    "settlement_method": "EFT"
							  }
							}"""),
				arguments(Recipient.till().tillNumber("890017").tillName("Unga Store").nickname("Unga").build(), """
						{
						  "type": "till",
						  "pay_recipient": {"till_number": "890017", "till_name": "Unga Store"}
						}"""),
				arguments(Recipient.paybill()
					.paybillName("Umeme")
					.paybillNumber("888880")
					.paybillAccountNumber("37001234")
					.nickname("Stima")
					.build(), """
							{
							  "type": "paybill",
							  "pay_recipient": {
							    "paybill_name": "Umeme",
							    "paybill_number": "888880",
							    "paybill_account_number": "37001234"
							  }
							}"""));
	}

	@Test
	void rejectsBankAccountWithoutSettlementMethod() {
		Recipient recipient = Recipient.bankAccount()
			.accountName("Nyumba Bora")
			.accountNumber("0990012345")
			.bankBranchRef("branch-9")
			.build();
		assertThatExceptionOfType(InvalidK2RequestException.class)
			.isThrownBy(() -> this.service.addPayRecipient(recipient))
			.satisfies((ex) -> assertThat(ex.violations()).extracting(Violation::message)
				.containsExactly("settlementMethod is required"));
		kopoKopo.assertNothingSent();
	}

	@Test
	void readsReferenceOfRecipient() {
		K2Location location = kopoKopo.has(RECIPIENTS + "/pr-1", """
				{
				  "data": {
				    "id": "pr-1",
				    "type": "pay_recipient",
				    "attributes": {
				      "recipient_type": "Paybill",
				      "paybill_name": "Umeme",
				      "paybill_number": "888880",
				      "paybill_account_number": "37001234",
				      "status": "Approved",
				      "recipient_reference": "c7f300c0-f1ef-4151-9bbe-005005aa3747"
				    }
				  }
				}""");
		assertThat(this.service.getPayRecipientStatus(location)).isEqualTo(new RecipientStatus("pr-1", "pay_recipient",
				"Paybill", "Approved", "c7f300c0-f1ef-4151-9bbe-005005aa3747",
				new RecipientDetails.Paybill("Umeme", "888880", "37001234")));
	}

	@Test
	void sendsAllPropertiesOfPayment() {
		K2Location location = kopoKopo.creates(PAYMENTS);
		PaymentRequest request = PaymentRequest.builder()
			.destinationType("mobile_wallet")
			.destinationReference("c7f300c0-f1ef-4151-9bbe-005005aa3747")
			.currency("KES")
			.amount(new BigDecimal("1250.50"))
			.description("Mshahara")
			.category("salaries")
			.tags(List.of("march", "shamba"))
			.callbackUrl(URI.create("https://other.example/results"))
			.metadata("employee", "7")
			.build();
		assertThat(this.service.sendPay(request)).isEqualTo(location);
		kopoKopo.assertPosted(PAYMENTS, """
				{
				  "destination_type": "mobile_wallet",
				  "destination_reference": "c7f300c0-f1ef-4151-9bbe-005005aa3747",
				  "amount": {"currency": "KES", "value": 1250.50},
				  "description": "Mshahara",
				  "category": "salaries",
				  "tags": ["march", "shamba"],
				  "metadata": {"employee": "7"},
				  "_links": {"callback_url": "https://other.example/results"}
				}""");
	}

	@Test
	void omitsMissingPropertiesOfPayment() {
		kopoKopo.creates(PAYMENTS);
		this.service.sendPay(minimal());
		kopoKopo.assertPosted(PAYMENTS, """
				{
				  "destination_type": "till",
				  "destination_reference": "ref-1",
				  "amount": {"currency": "KES", "value": 50},
				  "description": "Unga",
				  "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				}""");
	}

	@Test
	void writesAllDigitsOfAmountWithoutExponent() {
		kopoKopo.creates(PAYMENTS);
		this.service.sendPay(PaymentRequest.builder()
			.destinationType("till")
			.destinationReference("ref-1")
			.amount(new BigDecimal("1E+6"))
			.description("Unga")
			.build());
		assertThat(kopoKopo.posted(PAYMENTS)).contains("\"value\":1000000}");
	}

	@ParameterizedTest
	@EnumSource(ApiVersion.class)
	void recipientIsOfVersion1WhicheverIsConfigured(ApiVersion configured) {
		kopoKopo.has(RECIPIENTS + "/pr-1", """
				{"data": {"id": "pr-1", "type": "pay_recipient", "attributes": {}}}""");
		PayService configuredService = new PayService(kopoKopo.client(configured));
		assertThat(configuredService.getPayRecipientStatus("/pay_recipients/pr-1").id()).isEqualTo("pr-1");
		assertThat(configuredService.getPayRecipientStatus("pr-1").id()).isEqualTo("pr-1");
	}

	@Test
	void readsCompletedPayment() {
		K2Location location = kopoKopo.has(PAYMENTS + "/pay-1", """
				{
				  "data": {
				    "id": "pay-1",
				    "type": "payment",
				    "attributes": {
				      "status": "Transferred",
				      "created_at": "2026-03-12T10:00:00.125+03:00",
				      "amount": {"currency": "KES", "value": "1250.50"},
				      "transfer_batches": [
				        {
				          "status": "Transferred",
				          "disbursements": [
				            {
				              "amount": 1250.5,
				              "status": "Transferred",
				              "destination_type": "Mobile Wallet",
				              "destination_reference": "ref-1",
				              "origination_time": "2026-03-12T10:00:03+03:00",
				              "transaction_reference": 88
				            }
				          ]
				        }
				      ],
				      "metadata": {"employee": 7},
				      "_links": {"callback_url": "https://duka.example/k2/webhooks"}
				    }
				  }
				}""");
		PaymentResult result = this.service.getStatus(location);
		assertThat(result.isSuccessful()).isTrue();
		assertThat(result.amount()).isEqualTo(new BigDecimal("1250.50"));
		assertThat(result.metadata()).containsExactly(Map.entry("employee", "7"));
		assertThat(result.transferBatches()).singleElement()
			.satisfies((batch) -> assertThat(batch.disbursements()).singleElement()
				.satisfies((disbursement) -> assertThat(disbursement.transactionReference()).isEqualTo("88")));
	}

	@Test
	void rejectsOtherResourceAsRecipient() {
		K2Location payment = kopoKopo.has(PAYMENTS + "/pay-1", """
				{"data": {"id": "pay-1", "type": "payment", "attributes": {"status": "Transferred"}}}""");
		assertThatExceptionOfType(K2ResponseException.class)
			.isThrownBy(() -> this.service.getPayRecipientStatus(payment))
			.withMessageContaining("'type'");
	}

	private static PaymentRequest minimal() {
		return PaymentRequest.builder()
			.destinationType("till")
			.destinationReference("ref-1")
			.amount(50)
			.description("Unga")
			.build();
	}

}
