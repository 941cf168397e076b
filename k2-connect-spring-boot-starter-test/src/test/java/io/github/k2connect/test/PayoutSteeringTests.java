package io.github.k2connect.test;

import java.net.URI;
import java.time.Duration;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for payouts to the phone numbers of the table of outcomes.
 */
class PayoutSteeringTests extends SimulatorTestSupport {

	@Test
	void paymentFails() throws Exception {
		pay(payRecipient(SimulatedPhoneNumber.FAILS));
		assertFailed(nextResult("payment"));
	}

	@Test
	void paymentStaysPending() throws Exception {
		assertStaysPending(pay(payRecipient(SimulatedPhoneNumber.NEVER_ANSWERS)), "Pending");
	}

	@Test
	void paymentArrives() throws Exception {
		pay(payRecipient("+254711222333"));
		assertThat(nextResult("payment").path("status").asString()).isEqualTo("Processed");
	}

	@Test
	void sentMoneyFails() throws Exception {
		sendMoney(SimulatedPhoneNumber.FAILS);
		assertFailed(nextResult("send_money"));
	}

	@Test
	void sentMoneyStaysPending() throws Exception {
		assertStaysPending(sendMoney(SimulatedPhoneNumber.NEVER_ANSWERS), "Scheduled");
	}

	@Test
	void sentMoneyArrivesInPart() throws Exception {
		sendMoney("+254711222333", SimulatedPhoneNumber.FAILS);
		JsonNode attributes = nextResult("send_money");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.at("/transfer_batches/0/status").asString()).isEqualTo("Transferred");
		assertThat(attributes.at("/transfer_batches/0/disbursements/0/status").asString()).isEqualTo("Transferred");
		assertThat(attributes.at("/transfer_batches/0/disbursements/0/errors").isNull()).isTrue();
		assertThat(attributes.at("/transfer_batches/0/disbursements/1/status").asString()).isEqualTo("Failed");
	}

	@Test
	void settlementToOwnWalletFails() throws Exception {
		subscribe("v1", "settlement_transfer_completed", "company", "");
		settle(wallet(SimulatedPhoneNumber.FAILS));
		assertFailed(nextResult("settlement_transfer"));
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).as("no webhook").isTrue();
	}

	@Test
	void settlementToOwnWalletStaysPending() throws Exception {
		assertStaysPending(settle(wallet(SimulatedPhoneNumber.NEVER_ANSWERS)), "Pending");
	}

	@Test
	void lostCallbackBecomesFinal() throws Exception {
		this.simulator.inject(SimulatedFault.callbackLost());
		awaitStatus(sendMoney("+254711222333"), "Processed");
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
	}

	private URI pay(String recipient) {
		return this.caller.create("/api/v1/payments",
				Bodies.set(Bodies.payment(), "/destination_reference", recipient));
	}

	private String payRecipient(String phoneNumber) {
		URI recipient = this.caller.create("/api/v1/pay_recipients", Bodies
			.set(Bodies.recipient("mobile_wallet", "pay_recipient"), "/pay_recipient/phone_number", phoneNumber));
		return awaitStatus(recipient, "Approved").path("recipient_reference").asString();
	}

	private URI settle(String wallet) {
		return this.caller.create("/api/v1/settlement_transfers",
				Bodies.set(Bodies.set(Bodies.settlementTransfer(), "/destination_type", "merchant_wallet"),
						"/destination_reference", wallet));
	}

	private String wallet(String phoneNumber) {
		URI wallet = this.caller.create("/api/v1/merchant_wallets",
				Bodies.set(Bodies.merchantWallet(), "/phone_number", phoneNumber));
		return awaitStatus(wallet, "Approved").path("account_reference").asString();
	}

	private URI sendMoney(String... phoneNumbers) {
		String[] destinations = new String[phoneNumbers.length];
		for (int i = 0; i < phoneNumbers.length; i++) {
			destinations[i] = """
					{"type": "mobile_wallet", "phone_number": "%s", "network": "Safaricom", "amount": 100,
					 "description": "Wages"}
					""".formatted(phoneNumbers[i].substring(1));
		}
		return this.caller.create("/api/v2/send_money", Bodies.sendMoney(destinations));
	}

	private static void assertFailed(JsonNode attributes) {
		assertThat(attributes.path("status").asString()).isEqualTo("Failed");
		assertThat(attributes.at("/transfer_batches/0/status").asString()).isEqualTo("Failed");
		JsonNode disbursement = attributes.at("/transfer_batches/0/disbursements/0");
		assertThat(disbursement.path("status").asString()).isEqualTo("Failed");
		assertThat(disbursement.at("/errors/0").asString()).isEqualTo("The service request is not processed");
		assertThat(disbursement.path("transaction_reference").isNull()).isTrue();
	}

	private void assertStaysPending(URI location, String status) throws InterruptedException {
		assertThat(this.application.receivesNothingFor(Duration.ofMillis(500))).isTrue();
		assertThat(this.caller.attributes(location).path("status").asString()).isEqualTo(status);
	}

}
