package io.github.k2connect.event;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link SettlementTransferCompleted} and its destinations.
 */
class SettlementTransferCompletedTests {

	@ParameterizedTest
	@ValueSource(strings = { "Mobile Wallet", "Merchant Wallet", "mobile_wallet" })
	void readsWalletUnderBothTypeNames(String type) {
		SettlementTransferCompleted event = settlementTo("""
				{"type": "%s", "resource": {"reference": "dest-wallet-1", "first_name": "Asha", "last_name": "Mwangi",
				 "phone_number": "+254712000001", "network": "Safaricom"}}
				""".formatted(type));
		assertThat(event.destination()).isEqualTo(
				new TransferDestination.MobileWallet("dest-wallet-1", "Asha", "Mwangi", "+254712000001", "Safaricom"));
		assertThat(event.destinationType()).isEqualTo(type);
		assertThat(event.destinationReference()).isEqualTo("dest-wallet-1");
	}

	@Test
	void acceptsWalletWithoutReference() {
		SettlementTransferCompleted event = settlementTo(
				"{\"type\": \"Merchant Wallet\", \"resource\": {\"network\": \"Safaricom\"}}");
		assertThat(event.destination())
			.isEqualTo(new TransferDestination.MobileWallet(null, null, null, null, "Safaricom"));
		assertThat(event.destinationReference()).isNull();
	}

	@Test
	void readsReferenceOfBankAccountFromDestination() {
		SettlementTransferCompleted event = settlementTo("""
				{"type": "Bank Account", "account_name": "outside",
				 "resource": {"reference": 7, "account_name": "inside", "account_number": 120045678}}
				""");
		assertThat(event.destination())
			.isEqualTo(new TransferDestination.BankAccount("7", "inside", "120045678", null, null));
		assertThat(event.destinationType()).isEqualTo("Bank Account");
		assertThat(event.destinationReference()).isEqualTo("7");
	}

	@Test
	void readsUnknownDestinationAsOther() {
		SettlementTransferCompleted event = settlementTo(
				"{\"type\": \"Sacco\", \"resource\": {\"reference\": \"dest-9\", \"branch\": {\"name\": \"Kisumu\"}}}");
		assertThat(event.destination()).isEqualTo(new TransferDestination.Other("Sacco", "dest-9"));
		assertThat(event.destinationType()).isEqualTo("Sacco");
		assertThat(event.destinationReference()).isEqualTo("dest-9");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"type\": null, \"resource\": null}" })
	void readsEmptyDestinationAsOther(String destination) {
		SettlementTransferCompleted event = settlementTo(destination);
		assertThat(event.destination()).isEqualTo(new TransferDestination.Other(null, null));
		assertThat(event.destinationType()).isNull();
		assertThat(event.destinationReference()).isNull();
	}

	@Test
	void readsMissingDestinationAsNull() {
		SettlementTransferCompleted event = settlementTo("null");
		assertThat(event.destination()).isNull();
		assertThat(event.destinationType()).isNull();
		assertThat(event.destinationReference()).isNull();
	}

	@Test
	void copiesDisbursements() {
		List<Disbursement> disbursements = new ArrayList<>();
		SettlementTransferCompleted event = new SettlementTransferCompleted(new WebhookEnvelope("wh-1",
				K2Event.DEFAULT_ACCOUNT, "settlement_transfer_completed", null, null, null, null), null, null, null,
				null, null, null, disbursements, null);
		disbursements.add(new Disbursement(null, null, null, null, null, null, List.of(), null));
		assertThat(event.disbursements()).isEmpty();
	}

	private static SettlementTransferCompleted settlementTo(String destination) {
		return (SettlementTransferCompleted) Sample.decode("""
				{"topic": "settlement_transfer_completed", "id": "wh-1", "event": {"resource": {"destination": %s}}}
				""".formatted(destination));
	}

}
