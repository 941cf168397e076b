package io.github.k2connect.test;

import java.time.Duration;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for the merchant's own accounts and for settlement transfers to them.
 */
class SettlementTests extends SimulatorTestSupport {

	private static final String TRANSFERS = "/api/v1/settlement_transfers";

	@Test
	void settlesToDestination() throws Exception {
		this.caller.create(TRANSFERS, Bodies.settlementTransfer());
		JsonNode attributes = nextResult("settlement_transfer");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.at("/amount/value").asString()).isEqualTo("800.0");
		JsonNode disbursement = attributes.at("/transfer_batches/0/disbursements/0");
		assertThat(disbursement.path("amount").asString()).isEqualTo("800.0");
		assertThat(disbursement.path("destination_type").asString()).isEqualTo("Bank Account");
		assertThat(disbursement.path("destination_reference").asString())
			.isEqualTo("87bbfdcf-fb59-4d8e-b039-b85b97015a7e");
	}

	@ParameterizedTest
	@ValueSource(strings = { "{}", "{\"amount\": null}", "{\"amount\": {\"currency\": null, \"value\": null}}",
			"{\"amount\": {\"currency\": \"KES\"}}", "{\"amount\": {}}" })
	void blindTransferHasNoAmount(String body) throws Exception {
		this.caller.create(TRANSFERS, Bodies.withCallback(body));
		JsonNode attributes = nextResult("settlement_transfer");
		assertThat(attributes.at("/amount/value").isNull()).isTrue();
		assertThat(attributes.at("/amount/currency").asString()).isEqualTo("KES");
		assertThat(attributes.at("/transfer_batches/0/disbursements/0/amount").asString()).isNotBlank();
	}

	@Test
	void notifiesSubscribersOfTransferToKnownAccount() throws Exception {
		subscribe("v1", "settlement_transfer_completed", "company", "");
		String reference = awaitStatus(
				this.caller.create("/api/v1/merchant_bank_accounts", Bodies.merchantBankAccount()), "Approved")
			.path("account_reference")
			.asString();
		this.caller.create(TRANSFERS, Bodies.set(Bodies.settlementTransfer(), "/destination_reference", reference));
		JsonNode result = this.application.next().json();
		JsonNode webhook = this.application.next().json();
		JsonNode resource = (webhook.has("topic") ? webhook : result).at("/event/resource");
		assertThat(resource.path("amount").asString()).isEqualTo("800.0");
		assertThat(resource.at("/destination/type").asString()).isEqualTo("Bank Account");
		assertThat(resource.at("/destination/resource/reference").asString()).isEqualTo(reference);
		assertThat(resource.at("/destination/resource/account_name").asString()).isEqualTo("Duka Safi");
		assertThat(resource.at("/disbursements/0/amount").asString()).isEqualTo("800.0");
	}

	@Test
	void notifiesSubscribersOfTransferToUnknownWallet() throws Exception {
		subscribe("v1", "settlement_transfer_completed", "company", "");
		this.caller.create(TRANSFERS, Bodies.set(Bodies.settlementTransfer(), "/destination_type", "merchant_wallet"));
		JsonNode first = this.application.next().json();
		JsonNode second = this.application.next().json();
		JsonNode destination = (first.has("topic") ? first : second).at("/event/resource/destination");
		assertThat(destination.path("type").asString()).isEqualTo("Mobile Wallet");
		assertThat(destination.at("/resource/reference").asString()).isEqualTo("87bbfdcf-fb59-4d8e-b039-b85b97015a7e");
		assertThat(destination.at("/resource/phone_number").asString()).startsWith("+254");
	}

	@ParameterizedTest
	@ValueSource(strings = { "merchant_bank_accounts", "merchant_wallets" })
	void accountHasNoReferenceUntilApproved(String path) {
		JsonNode body = path.equals("merchant_wallets") ? Bodies.merchantWallet() : Bodies.merchantBankAccount();
		try (K2Simulator slow = K2Simulator.builder().resultDelay(Duration.ofHours(1)).start()) {
			ApiCaller slowCaller = new ApiCaller(slow).authenticate();
			JsonNode pending = slowCaller.attributes(slowCaller.create("/api/v2/" + path, body));
			assertThat(pending.path("account_reference").asString()).isEqualTo("Unavailable");
		}
		JsonNode approved = awaitStatus(this.caller.create("/api/v2/" + path, body), "Approved");
		assertThat(approved.path("account_reference").asString()).matches("[0-9a-f-]{36}");
		body.properties()
			.forEach((property) -> assertThat(approved.path(property.getKey())).isEqualTo(property.getValue()));
	}

	@Test
	void acceptsWalletWithoutName() {
		awaitStatus(this.caller.create("/api/v1/merchant_wallets", Bodies.of("""
				{"phone_number": "+254733000222", "network": "Safaricom"}
				""")), "Approved");
	}

	@Test
	void rejectsUnknownSettlementMethod() {
		assertBadRequest(
				this.caller.post("/api/v1/merchant_bank_accounts",
						Bodies.set(Bodies.merchantBankAccount(), "/settlement_method", "PIGEON")),
				"settlement_method is not one of EFT, RTS");
	}

	@Test
	void rejectsUnknownDestinationType() {
		assertBadRequest(
				this.caller.post(TRANSFERS, Bodies.set(Bodies.settlementTransfer(), "/destination_type", "till")),
				"destination_type is not one of merchant_bank_account, merchant_wallet");
	}

}
