package io.github.k2connect.test;

import java.time.Instant;

import tools.jackson.databind.node.ObjectNode;

/**
 * Sample data of webhooks, each with new identifiers and the current time.
 */
final class SampleResources {

	static final String TILL_NUMBER = "514459";

	static final String PHONE_NUMBER = "+254712345678";

	static final String SYSTEM = "Lipa Na M-PESA";

	private SampleResources() {
	}

	static ObjectNode buygoodsTransaction() {
		return transaction("2200.0", "Received").put("till_number", TILL_NUMBER)
			.put("sender_phone_number", PHONE_NUMBER)
			.put("hashed_sender_phone", Identifiers.hashedPhoneNumber(PHONE_NUMBER))
			.put("system", SYSTEM)
			.put("sender_first_name", "Wanjiku")
			.put("sender_middle_name", "Njeri")
			.put("sender_last_name", "Kamau");
	}

	/**
	 * Create a transaction of a payer.
	 * @param phoneNumber the whole number
	 * @param payerNumbers how the number is written
	 */
	static ObjectNode buygoodsTransaction(String phoneNumber, PayerNumbers payerNumbers) {
		return buygoodsTransaction().put("sender_phone_number", payerNumbers.write(phoneNumber))
			.put("hashed_sender_phone", Identifiers.hashedPhoneNumber(phoneNumber));
	}

	static ObjectNode b2bTransaction() {
		return transaction("15750.0", "Complete").put("till_number", TILL_NUMBER)
			.put("sending_till", "890123")
			.put("system", SYSTEM);
	}

	static ObjectNode merchantToMerchantTransaction() {
		ObjectNode resource = transaction("4300.0", "Received").put("sending_merchant", "Mama Njeri Groceries");
		resource.remove("reference");
		return resource;
	}

	static ObjectNode settlementTransfer(String destinationType, ObjectNode destination) {
		ObjectNode resource = transaction("49452.0", "Transferred");
		String reference = resource.remove("reference").asString();
		resource.putObject("destination").put("type", destinationType).set("resource", destination);
		resource.putArray("disbursements")
			.addObject()
			.put("amount", "49452.0")
			.put("status", "Transferred")
			.put("origination_time", NairobiTime.format(Instant.now()))
			.put("transaction_reference", reference);
		return resource;
	}

	static ObjectNode bankAccount() {
		return Json.object()
			.put("reference", Identifiers.id())
			.put("account_name", "Duka Bora Limited")
			.put("account_number", "0112233445566")
			.put("bank_branch_ref", "633aa26c-7b7c-4091-ae28-96c0687cf886")
			.put("settlement_method", "EFT");
	}

	static ObjectNode mobileWallet() {
		return Json.object()
			.put("reference", Identifiers.id())
			.put("first_name", "Achieng")
			.put("last_name", "Otieno")
			.put("phone_number", PHONE_NUMBER)
			.put("network", "Safaricom");
	}

	static ObjectNode customer() {
		return Json.object()
			.put("first_name", "Wanjiku")
			.put("middle_name", "Njeri")
			.put("last_name", "Kamau")
			.put("phone_number", PHONE_NUMBER);
	}

	static ObjectNode cardTransaction(String status) {
		return transaction("3600.0", status).put("till_number", TILL_NUMBER)
			.put("customer_cc_number", "424242******4242");
	}

	private static ObjectNode transaction(String amount, String status) {
		return Json.object()
			.put("id", Identifiers.id())
			.put("reference", Identifiers.transactionReference())
			.put("origination_time", NairobiTime.format(Instant.now()))
			.put("amount", amount)
			.put("currency", "KES")
			.put("status", status);
	}

}
