package io.github.k2connect.test;

import tools.jackson.core.JsonPointer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Request bodies that the contract allows, and changes that it may not.
 */
final class Bodies {

	static final String CALLBACK_URL = "https://shop.example/k2/webhooks";

	private Bodies() {
	}

	static ObjectNode of(String json) {
		return (ObjectNode) Json.MAPPER.readTree(json);
	}

	static ObjectNode withCallback(String json) {
		return set(of(json), "/_links/callback_url", CALLBACK_URL);
	}

	static ObjectNode set(ObjectNode body, String pointer, Object value) {
		JsonPointer target = JsonPointer.compile(pointer);
		body.withObject(target.head(), JsonNode.OverwriteMode.ALL, true)
			.set(target.last().getMatchingProperty(), Json.MAPPER.valueToTree(value));
		return body;
	}

	static ObjectNode remove(ObjectNode body, String pointer) {
		JsonPointer target = JsonPointer.compile(pointer);
		((ObjectNode) body.at(target.head())).remove(target.last().getMatchingProperty());
		return body;
	}

	static ObjectNode incomingPayment(String phoneNumber) {
		return set(withCallback("""
				{
				  "payment_channel": "M-PESA STK Push",
				  "till_number": "K000000",
				  "subscriber": {"first_name": "Joe", "last_name": "Mwangi", "email": "joe@example.com"},
				  "amount": {"currency": "KES", "value": 2200},
				  "metadata": {"order": "123"}
				}
				"""), "/subscriber/phone_number", phoneNumber);
	}

	static ObjectNode subscription(String topic, String scope, String scopeReference) {
		ObjectNode body = Json.object().put("event_type", topic).put("url", CALLBACK_URL).put("scope", scope);
		return scopeReference.isEmpty() ? body : body.put("scope_reference", scopeReference);
	}

	static ObjectNode recipient(String type, String property) {
		ObjectNode details = switch (type) {
			case "mobile_wallet" -> of("""
					{"first_name": "Achieng", "last_name": "Otieno", "email": "achieng@example.com",
					 "phone_number": "+254722000111", "network": "Safaricom"}
					""");
			case "bank_account" -> of("""
					{"account_name": "Achieng Otieno", "account_number": "0102030405",
					 "bank_branch_ref": "633aa26c-7b7c-4091-ae28-96c0687cf886", "settlement_method": "RTS"}
					""");
			case "till" -> of("{\"till_name\": \"Mama Mboga\", \"till_number\": \"567890\"}");
			default -> of("""
					{"paybill_name": "Stima", "paybill_number": "888880", "paybill_account_number": "3377"}
					""");
		};
		return Json.object().put("type", type).set(property, details);
	}

	static ObjectNode payment() {
		return withCallback("""
				{
				  "destination_type": "mobile_wallet",
				  "destination_reference": "9764ef5f-fcd6-42c1-bbff-de280becc64b",
				  "amount": {"currency": "KES", "value": "1500.50"},
				  "description": "Salary of June",
				  "category": "salaries",
				  "tags": ["june", "kisumu"],
				  "metadata": {"employee": "17"}
				}
				""");
	}

	static ObjectNode merchantBankAccount() {
		return of("""
				{"account_name": "Duka Safi", "account_number": "9988776655",
				 "bank_branch_ref": "633aa26c-7b7c-4091-ae28-96c0687cf886", "settlement_method": "EFT"}
				""");
	}

	static ObjectNode merchantWallet() {
		return of("""
				{"first_name": "Atieno", "last_name": "Odhiambo", "phone_number": "+254733000222",
				 "network": "Safaricom"}
				""");
	}

	static ObjectNode settlementTransfer() {
		return withCallback("""
				{
				  "amount": {"currency": "KES", "value": 800},
				  "destination_type": "merchant_bank_account",
				  "destination_reference": "87bbfdcf-fb59-4d8e-b039-b85b97015a7e"
				}
				""");
	}

	static ObjectNode poll() {
		return withCallback("""
				{"scope": "company", "from_time": "2020-01-01T00:00:00+03:00", "to_time": "2120-01-01T00:00:00Z"}
				""");
	}

	static ObjectNode smsNotification() {
		return withCallback("""
				{"webhook_event_reference": "d81312b9-4c0e-4347-971f-c3d5b14bdbe4", "message": "Asante sana"}
				""");
	}

	static ObjectNode sendMoney(String... destinations) {
		return withCallback("""
				{"currency": "KES", "source_identifier": "K000000", "metadata": {"run": "7"}, "destinations": [%s]}
				""".formatted(String.join(",", destinations)));
	}

	static ObjectNode reversal(String transactionReference) {
		return set(withCallback("{\"reason\": \"Goods returned\", \"metadata\": {\"order\": \"123\"}}"),
				"/transaction_reference", transactionReference);
	}

	static ObjectNode paymentLink() {
		return withCallback("""
				{
				  "amount": 3600.50,
				  "currency": "KES",
				  "till_number": "K000000",
				  "payment_reference": "INV-9",
				  "note": "Two chairs",
				  "metadata": {"order": "9"}
				}
				""");
	}

}
