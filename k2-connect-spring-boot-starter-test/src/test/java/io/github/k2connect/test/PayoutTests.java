package io.github.k2connect.test;

import java.net.URI;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for recipients and for payments to them.
 */
class PayoutTests extends SimulatorTestSupport {

	@ParameterizedTest
	@CsvSource({ "mobile_wallet,Mobile Wallet", "bank_account,Bank Account", "till,Till", "paybill,Paybill" })
	void approvesRecipientOfEachType(String type, String label) {
		assertApproved("/api/v1/pay_recipients", type, "pay_recipient", label);
		assertApproved("/api/v2/external_recipients", type, "external_recipient", label);
	}

	private void assertApproved(String path, String type, String property, String label) {
		JsonNode body = Bodies.recipient(type, property);
		JsonNode attributes = awaitStatus(this.caller.create(path, body), "Approved");
		assertThat(attributes.path("recipient_type").asString()).isEqualTo(label);
		assertThat(attributes.path("recipient_reference").asString()).matches("[0-9a-f-]{36}");
		body.path(property)
			.properties()
			.forEach((detail) -> assertThat(attributes.path(detail.getKey())).isEqualTo(detail.getValue()));
	}

	@ParameterizedTest
	@CsvSource({ "mobile_wallet,phone_number", "bank_account,account_number", "bank_account,settlement_method",
			"till,till_number", "paybill,paybill_account_number" })
	void requiresPropertiesOfRecipientType(String type, String property) {
		assertBadRequest(
				this.caller.post("/api/v1/pay_recipients",
						Bodies.remove(Bodies.recipient(type, "pay_recipient"), "/pay_recipient/" + property)),
				"pay_recipient." + property + " is missing");
	}

	@Test
	void rejectsRecipientOfUnknownType() {
		assertBadRequest(
				this.caller.post("/api/v1/pay_recipients",
						Bodies.set(Bodies.recipient("till", "pay_recipient"), "/type", "pigeon")),
				"type is not one of bank_account, mobile_wallet, paybill, till");
	}

	@ParameterizedTest
	@CsvSource({ "mobile_wallet,/pay_recipient/phone_number,must be +254 followed by nine digits",
			"bank_account,/pay_recipient/settlement_method,'is not one of EFT, RTS'" })
	void validatesNestedPropertiesOfRecipient(String type, String pointer, String requirement) {
		assertBadRequest(
				this.caller.post("/api/v1/pay_recipients",
						Bodies.set(Bodies.recipient(type, "pay_recipient"), pointer, "07123456")),
				pointer.substring(1).replace('/', '.') + " " + requirement);
	}

	@Test
	void transfersPaymentInOneBatch() throws Exception {
		URI location = this.caller.create("/api/v1/payments", Bodies.payment());
		JsonNode attributes = nextResult("payment");
		assertThat(attributes.path("status").asString()).isEqualTo("Processed");
		assertThat(attributes.at("/amount/currency").asString()).isEqualTo("KES");
		assertThat(attributes.at("/amount/value").isNumber()).isTrue();
		assertThat(attributes.at("/amount/value").asString()).isEqualTo("1500.50");
		assertThat(attributes.at("/metadata/employee").asString()).isEqualTo("17");
		assertThat(attributes.at("/_links/self").asString()).isEqualTo(location.toString());
		assertThat(attributes.path("transfer_batches")).hasSize(1);
		assertThat(attributes.at("/transfer_batches/0/status").asString()).isEqualTo("Transferred");
		JsonNode disbursement = attributes.at("/transfer_batches/0/disbursements/0");
		assertThat(disbursement.path("amount").asString()).isEqualTo("1500.50");
		assertThat(disbursement.path("status").asString()).isEqualTo("Transferred");
		assertThat(disbursement.path("destination_type").asString()).isEqualTo("Mobile Wallet");
		assertThat(disbursement.path("destination_reference").asString())
			.isEqualTo("9764ef5f-fcd6-42c1-bbff-de280becc64b");
		assertThat(disbursement.path("origination_time").asString()).endsWith("+03:00");
		assertThat(disbursement.path("transaction_reference").asString()).matches("TK3[A-Z0-9]{7}");
	}

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			/tags             | [1]      | must be an array of texts
			/destination_type | "pigeon" | is not one of bank_account, mobile_wallet, paybill, till
			/amount/value     | -1       | must be greater than 0
			""")
	void rejectsInvalidPayment(String pointer, String value, String requirement) {
		assertBadRequest(
				this.caller.post("/api/v1/payments",
						Bodies.set(Bodies.payment(), pointer, Json.MAPPER.readTree(value))),
				pointer.substring(1).replace('/', '.') + " " + requirement);
	}

}
